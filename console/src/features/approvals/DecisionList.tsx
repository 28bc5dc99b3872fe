import type { Decision } from '#/api/types';
import { Moment } from '#/ui/Moment';
import { StateBadge } from '#/ui/StateBadge';
import { ROLES, VERDICTS, wordOf } from '#/words';
import classes from './DecisionList.module.css';

/** Who decided what so far, and why. */
export function DecisionList({ decisions }: { decisions: Decision[] }) {
  if (decisions.length === 0) return <p className={classes.none}>Nobody has decided yet.</p>;
  return (
    <ul className={classes.decisions} aria-label="Decisions">
      {decisions.map((decision) => (
        <li key={`${decision.member.memberId} ${decision.at}`} className={classes.decision}>
          <div className={classes.head}>
            <span className={classes.who}>
              {decision.member.displayName}, {wordOf(ROLES, decision.role).label.toLowerCase()}
            </span>
            <StateBadge word={wordOf(VERDICTS, decision.verdict)} />
          </div>
          <blockquote className={classes.reason}>{decision.reason}</blockquote>
          <span className={classes.when}>
            Stage {decision.stage}, <Moment at={decision.at} />
          </span>
        </li>
      ))}
    </ul>
  );
}
