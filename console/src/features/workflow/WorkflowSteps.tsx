import { planOf } from '#/api/hashed';
import type { Workflow } from '#/api/types';
import { StateBadge } from '#/ui/StateBadge';
import { STEP_STATES, wordOf } from '#/words';
import { sentenceOfStep } from './states';
import classes from './WorkflowSteps.module.css';

/** The steps of a workflow with their states and attempts. */
export function WorkflowSteps({ workflow }: { workflow: Workflow }) {
  const planned = (position: number) => planOf(workflow).steps.find((step) => step.position === position);
  return (
    <ol className={classes.steps} aria-label="Steps">
      {workflow.steps.map((step) => (
        <li key={step.position} className={classes.step}>
          <span>
            {step.position}. {sentenceOfStep(planned(step.position) ?? step)}
          </span>
          <span className={classes.state}>
            <span className={classes.attempts}>
              {step.attempts} {step.attempts === 1 ? 'attempt' : 'attempts'}
            </span>
            <StateBadge word={wordOf(STEP_STATES, step.state)} />
          </span>
        </li>
      ))}
    </ol>
  );
}
