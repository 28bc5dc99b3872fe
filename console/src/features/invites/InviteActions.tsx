import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { Invite } from '#/api/types';
import { ConfirmDialog } from '#/ui/ConfirmDialog';
import { toast } from '#/ui/toast';
import classes from './invites.module.css';
import { useResend, useRevoke } from './queries';

/** What can be done with an invitation that nobody has accepted. */
export function InviteActions({ invite: { id, email, state } }: { invite: Invite }) {
  const [resending, resend] = useDisclosure(false);
  const [revoking, revoke] = useDisclosure(false);
  const sending = useResend();
  const ending = useRevoke();
  if (state !== 'open' && state !== 'expired') return null;
  return (
    <div className={classes.actions}>
      <Button size="xs" variant="default" onClick={resend.open} aria-label={`Send again to ${email}`}>
        Send again…
      </Button>
      <Button size="xs" variant="default" onClick={revoke.open} aria-label={`Revoke for ${email}`}>
        Revoke…
      </Button>
      <ConfirmDialog
        opened={resending}
        title={`Send the invitation to ${email} again?`}
        confirm="Send again"
        pending={sending.isPending}
        error={sending.error}
        onConfirm={() =>
          sending.mutate(id, {
            onSuccess: () => {
              resend.close();
              toast('Invitation sent again', email);
            },
          })
        }
        onClose={resend.close}
      >
        <p>
          They get another mail, and the time to accept begins anew. The link of the mail before opens
          nothing.
        </p>
      </ConfirmDialog>
      <ConfirmDialog
        opened={revoking}
        title={`Revoke the invitation to ${email}?`}
        confirm="Revoke invitation"
        dangerous
        pending={ending.isPending}
        error={ending.error}
        onConfirm={() =>
          ending.mutate(id, {
            onSuccess: () => {
              revoke.close();
              toast('Invitation revoked', email);
            },
          })
        }
        onClose={revoke.close}
      >
        <p>The link of the mail opens nothing from then on. You can invite them anew.</p>
      </ConfirmDialog>
    </div>
  );
}
