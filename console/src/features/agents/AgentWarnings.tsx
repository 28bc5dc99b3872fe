import type { AgentDetail } from '#/api/types';
import { Notice } from '#/ui/Notice';
import classes from './agents.module.css';
import { warningsOf } from './warnings';

/** What somebody should look at, before anything else. */
export function AgentWarnings({ detail: { agent, observations } }: { detail: AgentDetail }) {
  const warnings = agent.state === 'active' ? warningsOf(observations) : [];
  if (warnings.length === 0) return null;
  return (
    <Notice tone="warning" title="The agent says that something is not right">
      <ul className={classes.values}>
        {warnings.map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
      </ul>
    </Notice>
  );
}
