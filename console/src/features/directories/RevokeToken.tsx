import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { Directory, DirectoryToken } from '#/api/types';
import { ConfirmDialog } from '#/ui/ConfirmDialog';
import { exactTime } from '#/ui/time';
import { toast } from '#/ui/toast';
import { useRevokeToken } from './queries';

interface Props {
  directory: Directory;
  token: DirectoryToken;
  /** There is no other one. */
  last: boolean;
}

export function RevokeToken({ directory: { id, name }, token, last }: Props) {
  const [opened, { open, close }] = useDisclosure(false);
  const revoke = useRevokeToken(id);
  const issued = exactTime(token.createdAt);
  return (
    <>
      <Button
        size="xs"
        variant="default"
        aria-label={`Revoke the token that was issued on ${issued}`}
        onClick={open}
      >
        Revoke…
      </Button>
      <ConfirmDialog
        opened={opened}
        title="Revoke this token?"
        confirm="Revoke token"
        dangerous
        pending={revoke.isPending}
        error={revoke.error}
        onConfirm={() =>
          revoke.mutate(token.id, {
            onSuccess: () => {
              close();
              toast('Token revoked', `It opens nothing any more for ${name}.`);
            },
          })
        }
        onClose={close}
      >
        <p>It was issued on {issued}. The next request with it is refused; it cannot be taken back.</p>
        {last && (
          <p>
            It is the only one. Until another one is issued and entered there, nobody comes by the directory,
            and whoever leaves stays a member here.
          </p>
        )}
      </ConfirmDialog>
    </>
  );
}
