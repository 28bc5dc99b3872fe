import { useEffect, useRef } from 'react';
import type { Member } from '#/api/types';
import { useMe } from '#/features/identity';
import { toast } from '#/ui/toast';
import { roleLabel } from '#/words';
import { useChangeMember } from './queries';

/** Says what was changed. A role of somebody else can be changed back from there, while the list is on the screen. */
export function useTelling() {
  const { memberId: own } = useMe();
  const back = useChangeMember();
  const hide = useRef<() => void>(() => undefined);
  useEffect(() => () => hide.current(), []);
  const tell = (before: Member, after: Member) => {
    hide.current();
    back.reset();
    const { title, message } = wordsOf(before, after);
    const undo = () =>
      back.mutate(
        { member: after, patch: { role: before.role } },
        { onSuccess: ({ role }) => toast('Changed back', `${after.displayName}: ${roleLabel(role)}`) },
      );
    const undoable = before.role !== after.role && after.memberId !== own;
    hide.current = toast(title, message, undoable ? { label: 'Undo', act: undo } : undefined);
  };
  return { tell, error: back.error };
}

function wordsOf(before: Member, after: Member): { title: string; message: string } {
  if (before.role !== after.role) {
    return { title: 'Role changed', message: `${after.displayName}: ${roleLabel(after.role)}` };
  }
  return after.state === 'suspended'
    ? { title: 'Member suspended', message: `${after.displayName} is signed out.` }
    : { title: 'Member reactivated', message: `${after.displayName} can sign in again.` };
}
