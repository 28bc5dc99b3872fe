import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { Agent, EnrolmentToken } from '#/api/types';
import { ConfirmDialog } from '#/ui/ConfirmDialog';
import { exactTime } from '#/ui/time';
import { toast } from '#/ui/toast';
import { useRevokeEnrolment } from './queries';

interface Props {
  agent: Agent;
  token: EnrolmentToken;
}

export function RevokeEnrolment({ agent: { id, name }, token }: Props) {
  const [opened, { open, close }] = useDisclosure(false);
  const revoke = useRevokeEnrolment(id);
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
              toast('Token revoked', `No host becomes ${name} with it.`);
            },
          })
        }
        onClose={close}
      >
        <p>It was issued on {issued}. No host can enrol with it any more.</p>
      </ConfirmDialog>
    </>
  );
}
