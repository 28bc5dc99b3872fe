import type { Workflow } from '#/api/types';
import { EmptyState } from '#/ui/EmptyState';
import { HashText } from '#/ui/HashText';
import { Timeline } from '#/ui/Timeline';
import { relativeTime } from '#/ui/time';
import { useNow } from '#/ui/now';
import { toneOf, waitingFor } from './states';

/** What the workflow did so far; the last point says what it waits for. */
export function WorkflowTimeline({ workflow }: { workflow: Workflow }) {
  const now = useNow();
  const happenings = workflow.timeline ?? [];
  const waiting = waitingFor(workflow.state);
  if (happenings.length === 0 && waiting === null) {
    return <EmptyState icon="clock" title="Nothing happened" />;
  }
  const next = workflow.nextAttemptAt ?? null;
  return (
    <Timeline
      label="Timeline"
      entries={happenings.map((happening, at) => ({
        key: `${at} ${happening.at} ${happening.kind}`,
        at: happening.at,
        title: happening.title,
        tone: toneOf(happening.kind),
        detail: (
          <>
            {happening.detail ?? null}
            {happening.reference !== undefined && happening.reference !== null && (
              <div>
                <HashText hash={happening.reference} what="reference" />
              </div>
            )}
          </>
        ),
      }))}
      waitingFor={
        waiting !== null && next !== null ? `${waiting}. Next attempt ${relativeTime(next, now)}` : waiting
      }
    />
  );
}
