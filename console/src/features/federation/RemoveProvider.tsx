import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { IdentityProvider } from '#/api/types';
import { ConfirmDialog } from '#/ui/ConfirmDialog';
import { toast } from '#/ui/toast';
import { useRemoveProvider } from './queries';

interface Props {
  provider: IdentityProvider;
  onRemoved: () => void;
}

export function RemoveProvider({ provider: { id, name }, onRemoved }: Props) {
  const [opened, { open, close }] = useDisclosure(false);
  const remove = useRemoveProvider();
  return (
    <div>
      <Button variant="default" onClick={open}>
        Remove provider…
      </Button>
      <ConfirmDialog
        opened={opened}
        title={`Remove ${name}?`}
        confirm="Remove provider"
        dangerous
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() =>
          remove.mutate(id, {
            onSuccess: () => {
              close();
              toast(`${name} removed`, 'Nobody can sign in by it any more.');
              onRemoved();
            },
          })
        }
        onClose={close}
      >
        <p>Whoever came in by it is signed out, stays a member, and has no way to sign in any more.</p>
        <p>If you add it again, it is another one: people are not known to it.</p>
      </ConfirmDialog>
    </div>
  );
}
