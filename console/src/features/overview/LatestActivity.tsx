import { actorName, useAuditEvents } from '#/features/audit';
import { EmptyState } from '#/ui/EmptyState';
import { Moment } from '#/ui/Moment';
import { Panel } from '#/ui/Panel';
import { StateBadge } from '#/ui/StateBadge';
import { TextLink } from '#/ui/TextLink';
import { AUDIT_OUTCOMES, wordOf } from '#/words';
import { List } from './List';

const NOTHING = {};

/** The last events of the audit log, for those who may read it. */
export function LatestActivity() {
  const events = useAuditEvents(NOTHING);
  return (
    <Panel title="Latest activity" flush actions={<TextLink to="/audit">Audit log</TextLink>}>
      <List
        label="Latest audit events"
        answer={events}
        items={events.data?.items}
        empty={<EmptyState icon="audit" title="Nothing happened yet" />}
        row={(event) => ({
          key: String(event.sequence),
          what: (
            <TextLink to="/audit" search={{ event: event.sequence }} fw={500}>
              {event.action}
            </TextLink>
          ),
          note: (
            <>
              {actorName(event.actor)}, <Moment at={event.at} />
            </>
          ),
          mark: <StateBadge word={wordOf(AUDIT_OUTCOMES, event.outcome)} />,
        })}
      />
    </Panel>
  );
}
