import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { Workflow } from '#/api/types';
import { ConfirmDialog } from '#/ui/ConfirmDialog';
import { toast } from '#/ui/toast';
import { useCancelWorkflow } from './queries';
import { subjectOf } from './states';

/** Stops a workflow before it changes anything. */
export function CancelWorkflow({ workflow }: { workflow: Workflow }) {
  const [opened, { open, close }] = useDisclosure(false);
  const cancel = useCancelWorkflow(workflow.id);
  const confirm = () =>
    cancel.mutate(undefined, {
      onSuccess: () => {
        toast('Workflow cancelled', subjectOf(workflow));
        close();
      },
    });
  return (
    <>
      <Button variant="default" onClick={open}>
        Cancel workflow
      </Button>
      <ConfirmDialog
        opened={opened}
        title="Cancel this workflow?"
        confirm="Confirm cancellation"
        keep="Keep the workflow"
        dangerous
        pending={cancel.isPending}
        error={cancel.error}
        onConfirm={confirm}
        onClose={close}
      >
        <p>{subjectOf(workflow)}</p>
        <p>Its approval is withdrawn and nothing is executed. The evidence says who cancelled it.</p>
      </ConfirmDialog>
    </>
  );
}
