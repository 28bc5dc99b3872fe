import { Button } from '@mantine/core';
import type { Member } from '#/api/types';
import { useMay, useMe } from '#/features/identity';
import { type Action, offerTo } from './memberships';
import classes from './MemberTable.module.css';

interface Props {
  member: Member;
  onAct: (action: Action) => void;
}

const LABELS: Record<Action, string> = {
  role: 'Change role',
  suspend: 'Suspend',
  reactivate: 'Reactivate',
};

/** What can be done about a member, or why nothing can. */
export function MemberActions({ member, onAct }: Props) {
  const { memberId, role } = useMe();
  const { actions, whyNone } = offerTo({ memberId, role, may: useMay() }, member);
  if (whyNone !== null) return <span className={classes.why}>{whyNone}</span>;
  return (
    <span className={classes.actions}>
      {actions.map((action) => (
        <Button
          key={action === 'role' ? 'role' : 'state'}
          size="xs"
          variant="default"
          aria-label={`${LABELS[action]}: ${member.displayName}`}
          onClick={() => onAct(action)}
        >
          {LABELS[action]}
        </Button>
      ))}
    </span>
  );
}
