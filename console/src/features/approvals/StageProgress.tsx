import type { Stage } from '#/api/types';
import { StateBadge } from '#/ui/StateBadge';
import { rolesText, spaced, STAGE_STATES, wordOf } from '#/words';
import classes from './StageProgress.module.css';

/** The stages of an approval: how many different people each needs, and how many it has. */
export function StageProgress({ stages }: { stages: Stage[] }) {
  return (
    <ol className={classes.stages} aria-label="Stages">
      {stages.map((stage) => (
        <li key={stage.position} className={classes.stage} data-state={stage.state}>
          <div className={classes.head}>
            <span className={classes.name}>{spaced(stage.name)}</span>
            <StateBadge word={wordOf(STAGE_STATES, stage.state)} />
          </div>
          <span className={classes.quorum}>
            {stage.approvals} of {stage.quorum} {stage.quorum === 1 ? 'approval' : 'approvals'} by{' '}
            {rolesText(stage.roles)}
          </span>
          <span className={classes.bars} aria-hidden="true">
            {Array.from({ length: stage.quorum }, (_, place) => (
              <span key={place} className={classes.bar} data-met={place < stage.approvals || undefined} />
            ))}
          </span>
        </li>
      ))}
    </ol>
  );
}
