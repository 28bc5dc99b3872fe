import type { AgentDetail } from '#/api/types';
import { Notice } from '#/ui/Notice';
import classes from './agents.module.css';
import { warningText } from './warnings';

/** What somebody should look at, before anything else. */
export function AgentWarnings({ detail: { agent, observations } }: { detail: AgentDetail }) {
  const texts = agent.warnings
    .map((warning) => warningText(warning, observations))
    .filter((text) => text !== null);
  if (texts.length === 0) return null;
  return (
    <Notice tone="warning" title="Something is not right with this agent">
      <ul className={classes.values}>
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </Notice>
  );
}
