import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { Directory } from '#/api/types';
import { ConfirmDialog } from '#/ui/ConfirmDialog';
import { toast } from '#/ui/toast';
import { draftOf } from './draft';
import { useChangeDirectory } from './queries';

interface Props {
  directory: Directory;
  onSwitched: (after: Directory) => void;
}

/** Disables a directory, or enables it again. Both are asked about: they decide who comes and who stays. */
export function SwitchDirectory({ directory, onSwitched }: Props) {
  const [opened, { open, close }] = useDisclosure(false);
  const change = useChangeDirectory();
  const { name } = directory;
  const active = directory.state === 'active';
  const verb = active ? 'Disable' : 'Enable';
  const leave = () => {
    change.reset();
    close();
  };
  return (
    <div>
      <Button variant="default" onClick={open}>
        {verb} directory…
      </Button>
      <ConfirmDialog
        opened={opened}
        title={`${verb} ${name}?`}
        confirm={`${verb} directory`}
        dangerous={active}
        pending={change.isPending}
        error={change.error}
        onConfirm={() =>
          change.mutate(
            { seen: directory, draft: draftOf(directory), state: active ? 'disabled' : 'active' },
            {
              onSuccess: (after) => {
                close();
                onSwitched(after);
                toast(
                  `${name} ${active ? 'disabled' : 'enabled'}`,
                  active ? 'It is not listened to any more.' : 'It is listened to again.',
                );
              },
            },
          )
        }
        onClose={leave}
      >
        {active ? (
          <>
            <p>It is not listened to any more: nobody comes by it, and nobody leaves by it.</p>
            <p>
              Its people stay members. If they are to go, have the identity provider deactivate them first:
              that ends their sessions and their access at once.
            </p>
          </>
        ) : (
          <p>
            What the identity provider sends counts again: people come and leave by it. Its tokens that have
            not ended serve again.
          </p>
        )}
      </ConfirmDialog>
    </div>
  );
}
