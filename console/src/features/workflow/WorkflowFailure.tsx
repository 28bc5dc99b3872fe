import { Button } from '@mantine/core';
import type { Workflow } from '#/api/types';
import { useMay } from '#/features/identity';
import { Notice } from '#/ui/Notice';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { toast } from '#/ui/toast';
import { FAILURES, wordOf } from '#/words';
import { useRetry } from './queries';
import classes from './WorkflowFailure.module.css';

/** Why a workflow failed, or keeps trying; whoever operates workflows can continue it. */
export function WorkflowFailure({ workflow }: { workflow: Workflow }) {
  const may = useMay();
  const retry = useRetry(workflow.id);
  const { failure } = workflow;
  if (failure === undefined) return null;
  const failed = workflow.state === 'failed';
  return (
    <Notice tone={failed ? 'bad' : 'warning'} title={wordOf(FAILURES, failure.class).label}>
      <p>{failure.reason}</p>
      {!failed && <p className={classes.hint}>It is tried again by itself.</p>}
      {failed && may('workflows:operate') && (
        <div className={classes.action}>
          <Button
            size="xs"
            loading={retry.isPending}
            onClick={() =>
              retry.mutate(undefined, {
                onSuccess: () =>
                  toast('Retry started', 'The same workflow continues under the same approval.'),
              })
            }
          >
            Retry
          </Button>
          <span className={classes.hint}>
            Continues this workflow under its approval, while that is valid.
          </span>
        </div>
      )}
      {failed && !may('workflows:operate') && (
        <p className={classes.hint}>An owner or admin can retry it while the approval is valid.</p>
      )}
      {retry.isError && <ProblemNotice error={retry.error} />}
    </Notice>
  );
}
