import type { Session } from '#/api/types';
import { ConfirmDialog } from '#/ui/ConfirmDialog';
import { Facts } from '#/ui/Facts';
import { Moment } from '#/ui/Moment';
import { toast } from '#/ui/toast';
import { useEndSession, useSignOutMember } from './queries';

interface Props {
  memberId: string;
  name: string | undefined;
  onClose: () => void;
}

/** The end of one session. */
export function EndDialog({ memberId, name, session, onClose }: Props & { session: Session }) {
  const end = useEndSession(memberId);
  return (
    <ConfirmDialog
      opened
      title="End this session?"
      confirm="End session"
      dangerous
      pending={end.isPending}
      // What has ended meanwhile does not end once more.
      disabled={end.isError}
      error={end.error}
      onConfirm={() =>
        end.mutate(session.id, {
          onSuccess: () => {
            onClose();
            toast('Session ended', `That browser is signed out${name === undefined ? '' : ` of ${name}`}.`);
          },
        })
      }
      onClose={onClose}
    >
      <Facts
        narrow
        facts={[
          ['From', session.address],
          ['Since', <Moment key="since" at={session.begunAt} exact />],
          ['Last seen', session.lastSeenAt && <Moment key="seen" at={session.lastSeenAt} exact />],
        ]}
      />
      <p>That browser is signed out with its next click. What was typed there and not saved is lost.</p>
    </ConfirmDialog>
  );
}

/** The end of all of them; of one's own, this one stays. */
export function SignOutDialog({ memberId, name, onClose }: Props) {
  const signOut = useSignOutMember(memberId);
  return (
    <ConfirmDialog
      opened
      title={name === undefined ? 'End all your other sessions?' : `End all sessions of ${name}?`}
      confirm={name === undefined ? 'End other sessions' : 'End all sessions'}
      dangerous
      pending={signOut.isPending}
      error={signOut.error}
      onConfirm={() =>
        signOut.mutate(undefined, {
          onSuccess: ({ ended }) => {
            onClose();
            toast(
              'Sessions ended',
              ended === 1 ? 'One browser is signed out.' : `${ended} browsers are signed out.`,
            );
          },
        })
      }
      onClose={onClose}
    >
      <p>
        {name === undefined
          ? 'You stay signed in here, and nowhere else.'
          : 'They are signed out everywhere with their next click, and can sign in again: to keep them out, suspend them.'}
      </p>
    </ConfirmDialog>
  );
}
