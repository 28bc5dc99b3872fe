import { findingText, SEVERITIES } from '#/agentWords';
import type { AgentFinding } from '#/api/types';
import { useMay } from '#/features/identity';
import { Moment } from '#/ui/Moment';
import { StateBadge } from '#/ui/StateBadge';
import { TextLink } from '#/ui/TextLink';
import { wordOf } from '#/words';
import classes from './agents.module.css';

/** What was found out about an agent, the newest first. */
export function FindingList({ findings }: { findings: AgentFinding[] }) {
  const may = useMay();
  return (
    <ul className={classes.findings} aria-label="Findings about this agent">
      {findings.map(({ id, severity, rule, firstSeenAt, lastSeenAt }) => (
        <li key={id}>
          <StateBadge word={wordOf(SEVERITIES, severity)} />
          <span>
            {findingText(rule)} ({rule})
          </span>
          <span className={classes.quiet}>
            Found <Moment at={firstSeenAt} exact />, last seen <Moment at={lastSeenAt} exact />
          </span>
          {may('audit:read') && (
            <TextLink to="/audit" search={{ targetType: 'finding', targetId: id }}>
              Open the finding in the audit log
            </TextLink>
          )}
        </li>
      ))}
    </ul>
  );
}
