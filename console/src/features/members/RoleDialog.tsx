import { Select } from '@mantine/core';
import { useState } from 'react';
import type { Member } from '#/api/types';
import { useMay, useMe } from '#/features/identity';
import { ConfirmDialog } from '#/ui/ConfirmDialog';
import { Facts } from '#/ui/Facts';
import { oneOf } from '#/ui/search';
import { optionsOf, roleLabel, ROLES } from '#/words';
import { consequences, inWords } from './memberships';
import { useChangeMember } from './queries';

interface Props {
  member: Member;
  onChanged: (changed: Member) => void;
  onClose: () => void;
}

/** Another role for a member, and what comes of it. */
export function RoleDialog({ member, onChanged, onClose }: Props) {
  const change = useChangeMember();
  const may = useMay();
  const own = useMe().memberId === member.memberId;
  const [role, setRole] = useState(member.role);
  const { gained, lost } = consequences(member.role, role);
  const chosen = role !== member.role;
  const mayOwners = may('members:manage-owners');
  return (
    <ConfirmDialog
      opened
      title={own ? 'Change your own role?' : `Change the role of ${member.displayName}?`}
      confirm="Change role"
      dangerous={own}
      pending={change.isPending}
      // What was refused is refused again until something is different: the choice, or the member.
      disabled={!chosen || (change.isError && change.variables.member.version === member.version)}
      error={change.error}
      onConfirm={() => change.mutate({ member, patch: { role } }, { onSuccess: onChanged })}
      onClose={onClose}
    >
      <Facts narrow facts={[['Role now', roleLabel(member.role)]]} />
      <Select
        label="New role"
        description={mayOwners ? 'A member has one role.' : 'Only an owner can make somebody an owner.'}
        data={optionsOf(ROLES).filter(({ value }) => mayOwners || value !== 'owner')}
        value={role}
        onChange={(value) => {
          change.reset();
          setRole(oneOf(value, ROLES) ?? member.role);
        }}
        data-autofocus
      />
      {chosen && (
        <Facts
          narrow
          facts={[
            ['Will be able to', inWords(gained)],
            ['Will no longer be able to', inWords(lost)],
          ]}
        />
      )}
      <p>
        {own
          ? 'You are signed out at once, and you cannot take it back: only another owner can.'
          : 'All their sessions end at once. They sign in again, and have the new role.'}
      </p>
    </ConfirmDialog>
  );
}
