import type { Finding } from '#/api/types';
import { Moment } from '#/ui/Moment';
import { Notice } from '#/ui/Notice';
import { useFindings } from './queries';

const MEANINGS: Record<string, string> = {
  'log.event-changed': 'what is stored does not agree with the hash tree',
  'log.event-missing': 'sequence numbers have a gap',
  'log.events-cut-off': 'a signed checkpoint covers events that are not there any more',
  'log.forked': 'a witness has a signed checkpoint that is not of this log',
  'log.history-replaced': 'the log agrees with itself, and not with a checkpoint that was signed over it',
};

/** Says that the stored log was tampered with, and where. Says nothing as long as it was not. */
export function LogAlarm() {
  const findings = useFindings();
  const alarms = findings.data?.items.filter(({ rule }) => rule.startsWith('log.')) ?? [];
  if (alarms.length === 0) return null;
  return (
    <Notice tone="bad" title="The stored log was tampered with" urgent>
      <ul>
        {alarms.map((alarm) => (
          <li key={alarm.id}>
            <Alarm alarm={alarm} />
          </li>
        ))}
      </ul>
      Do not rely on these events. Keep a copy of the database as it is, and compare with exported evidence
      and with checkpoints that were saved elsewhere.
    </Notice>
  );
}

function Alarm({ alarm }: { alarm: Finding }) {
  return (
    <>
      <strong>{alarm.subject}</strong>: {MEANINGS[alarm.rule] ?? alarm.rule}, seen{' '}
      <Moment at={alarm.firstSeenAt} />, last <Moment at={alarm.lastSeenAt} />.
    </>
  );
}
