import type { Member } from '#/api/types';
import { ConfirmDialog } from '#/ui/ConfirmDialog';
import { Facts } from '#/ui/Facts';
import { roleLabel } from '#/words';
import { capabilitiesOf, inWords } from './memberships';
import { useChangeMember } from './queries';

interface Props {
  member: Member;
  onChanged: (changed: Member) => void;
  onClose: () => void;
}

/** Suspends a member, or lets a suspended one back in. */
export function SuspensionDialog({ member, onChanged, onClose }: Props) {
  const change = useChangeMember();
  const suspending = member.state === 'active';
  const state = suspending ? 'suspended' : 'active';
  const may = inWords(capabilitiesOf(member.role));
  return (
    <ConfirmDialog
      opened
      title={`${suspending ? 'Suspend' : 'Reactivate'} ${member.displayName}?`}
      confirm={suspending ? 'Suspend member' : 'Reactivate member'}
      dangerous={suspending}
      pending={change.isPending}
      disabled={change.isError && change.variables.member.version === member.version}
      error={change.error}
      onConfirm={() => change.mutate({ member, patch: { state } }, { onSuccess: onChanged })}
      onClose={onClose}
    >
      <Facts
        narrow
        facts={[
          [suspending ? 'Role, which is kept' : 'Role', roleLabel(member.role)],
          [suspending ? 'Will no longer be able to' : 'Will be able to', may],
        ]}
      />
      {suspending ? (
        <>
          <p>All their sessions end at once. They cannot sign in here until somebody reactivates them.</p>
          <p>What they hold in connected systems stays: suspending a member removes no access there.</p>
        </>
      ) : (
        <p>They have to sign in again: the sessions they had before stay ended.</p>
      )}
    </ConfirmDialog>
  );
}
