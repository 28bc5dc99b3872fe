import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { AccessRequest } from '#/api/types';
import { ConfirmDialog } from '#/ui/ConfirmDialog';
import { toast } from '#/ui/toast';
import { useCancelRequest } from './queries';
import { titleOf } from './states';

/** Takes a request back while nobody has decided it. */
export function CancelRequest({ request }: { request: AccessRequest }) {
  const [opened, { open, close }] = useDisclosure(false);
  const cancel = useCancelRequest(request.id);
  const confirm = () =>
    cancel.mutate(undefined, {
      onSuccess: () => {
        toast('Request cancelled', titleOf(request));
        close();
      },
    });
  return (
    <>
      <Button variant="default" onClick={open}>
        Cancel request
      </Button>
      <ConfirmDialog
        opened={opened}
        title="Cancel this request?"
        confirm="Confirm cancellation"
        keep="Keep the request"
        dangerous
        pending={cancel.isPending}
        error={cancel.error}
        onConfirm={confirm}
        onClose={close}
      >
        <p>{titleOf(request)}</p>
        <p>Its approval is withdrawn and nothing is executed. You can ask again at any time.</p>
      </ConfirmDialog>
    </>
  );
}
