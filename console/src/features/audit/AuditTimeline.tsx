import type { AuditEvent } from '#/api/types';
import { EmptyState } from '#/ui/EmptyState';
import { Loading } from '#/ui/Loading';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { TextLink } from '#/ui/TextLink';
import { Timeline } from '#/ui/Timeline';
import { AUDIT_OUTCOMES, spaced, wordOf } from '#/words';
import { actorName } from './actor';
import classes from './EventDrawer.module.css';
import { type AuditFilter, useMostAuditEvents } from './queries';

/** All that belongs to one matter, in the order in which it happened. */
export function AuditTimeline({ filter }: { filter: AuditFilter }) {
  const found = useMostAuditEvents(filter);
  if (found.data === undefined) {
    return found.isError ? (
      <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />
    ) : (
      <Loading what="the timeline" />
    );
  }
  const { items, nextCursor } = found.data;
  if (items.length === 0) {
    return (
      <EmptyState icon="audit" title="Nothing belongs to it">
        No event of the log is about this id, or names it.
      </EmptyState>
    );
  }
  return (
    <>
      {nextCursor !== undefined && (
        <p className={classes.label}>There are older events as well; the list below has them all.</p>
      )}
      <Timeline label="Events in order" entries={[...items].reverse().map(entryOf)} />
    </>
  );
}

function entryOf(event: AuditEvent) {
  const outcome = wordOf(AUDIT_OUTCOMES, event.outcome);
  return {
    key: String(event.sequence),
    at: event.at,
    title: spaced(event.action),
    tone: outcome.tone,
    detail: (
      <>
        {outcome.label}, {actorName(event.actor)}, {event.target.type},{' '}
        <TextLink to="/audit" search={(before) => ({ ...before, event: event.sequence })}>
          event {event.sequence}
        </TextLink>
      </>
    ),
  };
}
