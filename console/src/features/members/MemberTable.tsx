import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Member } from '#/api/types';
import { useMay, useMe } from '#/features/identity';
import { SessionsDrawer } from '#/features/sessions';
import { type Column, DataTable } from '#/ui/DataTable';
import { EmptyState } from '#/ui/EmptyState';
import { usePager } from '#/ui/pager';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { StateBadge } from '#/ui/StateBadge';
import { MEMBER_STATES, ROLES, wordOf } from '#/words';
import { MemberActions } from './MemberActions';
import type { Action } from './memberships';
import classes from './MemberTable.module.css';
import { type MemberFilter, useMembers } from './queries';
import { RoleDialog } from './RoleDialog';
import { SuspensionDialog } from './SuspensionDialog';
import { useTelling } from './telling';

const YOU = { label: 'You', tone: 'quiet' } as const;

const COLUMNS: Column<Member>[] = [
  { id: 'member', header: 'Member', cell: ({ row }) => <Who member={row.original} /> },
  { id: 'role', header: 'Role', cell: ({ row }) => <StateBadge word={wordOf(ROLES, row.original.role)} /> },
  {
    id: 'state',
    header: 'State',
    cell: ({ row }) => <StateBadge word={wordOf(MEMBER_STATES, row.original.state)} />,
  },
];

function Who({ member: { memberId, displayName, email } }: { member: Member }) {
  const me = useMe();
  return (
    <div className={classes.who}>
      <span className={classes.name}>{displayName}</span>
      {memberId === me.memberId && <StateBadge word={YOU} />}
      <span className={classes.address}>{email}</span>
    </div>
  );
}

interface Doing {
  action: Action;
  member: Member;
}

/** The people of the organization, and what whoever may can change about them. */
export function MemberTable({ filter }: { filter: MemberFilter }) {
  const [doing, setDoing] = useState<Doing | null>(null);
  const [looking, setLooking] = useState<Member | null>(null);
  const may = useMay();
  const pager = usePager(JSON.stringify(filter));
  const members = useMembers(filter, pager.cursor);
  const { tell, error } = useTelling();
  const close = () => setDoing(null);
  const columns: Column<Member>[] = may('members:manage')
    ? [
        ...COLUMNS,
        {
          id: 'actions',
          header: 'Change',
          cell: ({ row: { original: member } }) => (
            <MemberActions member={member} onAct={(action) => setDoing({ action, member })} />
          ),
        },
        {
          id: 'sessions',
          header: 'Sessions',
          cell: ({ row: { original: member } }) => (
            <Button
              size="xs"
              variant="subtle"
              aria-label={`Sessions: ${member.displayName}`}
              onClick={() => setLooking(member)}
            >
              Show
            </Button>
          ),
        },
      ]
    : COLUMNS;
  // As the list has them now: somebody else may have changed them while the dialog was open.
  const member =
    members.data?.items.find(({ memberId }) => memberId === doing?.member.memberId) ?? doing?.member;
  return (
    <>
      {error !== null && (
        <div className={classes.problem}>
          <ProblemNotice error={error} />
        </div>
      )}
      <DataTable
        label="Members"
        columns={columns}
        answer={members}
        rowId={({ memberId }) => memberId}
        pager={pager}
        // The list has at least the person who looks at it; what is empty was filtered.
        empty={
          <EmptyState icon="search" title="Nobody matches">
            Try fewer letters, any role or any state.
          </EmptyState>
        }
      />
      {looking !== null && <SessionsDrawer member={looking} onClose={() => setLooking(null)} />}
      {doing !== null && member !== undefined && (
        <MemberDialog
          action={doing.action}
          member={member}
          onClose={close}
          onChanged={(changed) => {
            tell(member, changed);
            close();
          }}
        />
      )}
    </>
  );
}

interface DialogProps {
  action: Action;
  member: Member;
  onChanged: (changed: Member) => void;
  onClose: () => void;
}

function MemberDialog({ action, ...props }: DialogProps) {
  return action === 'role' ? <RoleDialog {...props} /> : <SuspensionDialog {...props} />;
}
