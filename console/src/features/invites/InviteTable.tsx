import type { Invite } from '#/api/types';
import { useMay } from '#/features/identity';
import { type Column, DataTable } from '#/ui/DataTable';
import { EmptyState } from '#/ui/EmptyState';
import { Moment } from '#/ui/Moment';
import { usePager } from '#/ui/pager';
import { StateBadge } from '#/ui/StateBadge';
import { DELIVERY_FAILURES, INVITE_STATES, roleLabel, wordOf } from '#/words';
import { InviteActions } from './InviteActions';
import { useInvites } from './queries';

const COLUMNS: Column<Invite>[] = [
  { id: 'email', header: 'Address', cell: ({ row }) => row.original.email },
  { id: 'role', header: 'Role', cell: ({ row }) => roleLabel(row.original.role) },
  {
    id: 'state',
    header: 'State',
    cell: ({ row }) => <StateBadge word={wordOf(INVITE_STATES, row.original.state)} />,
  },
  { id: 'mail', header: 'Mail', cell: ({ row }) => <Delivery invite={row.original} /> },
  { id: 'by', header: 'Invited by', cell: ({ row }) => row.original.invitedBy.displayName },
  { id: 'expires', header: 'Expires', cell: ({ row }) => <Moment at={row.original.expiresAt} /> },
];

const ACTIONS: Column<Invite> = {
  id: 'actions',
  header: 'Actions',
  cell: ({ row }) => <InviteActions invite={row.original} />,
};

function Delivery({ invite: { delivery } }: { invite: Invite }) {
  if (delivery.failure !== undefined) {
    return <StateBadge word={wordOf(DELIVERY_FAILURES, delivery.failure)} />;
  }
  return delivery.state === 'sent' ? 'Sent' : 'Waiting to be sent';
}

/** The invitations of the organization, newest first. */
export function InviteTable() {
  const pager = usePager('invites');
  const may = useMay();
  return (
    <DataTable
      label="Invitations"
      columns={may('members:manage') ? [...COLUMNS, ACTIONS] : COLUMNS}
      answer={useInvites(pager.cursor)}
      rowId={({ id }) => id}
      pager={pager}
      empty={
        <EmptyState icon="members" title="Nobody is invited">
          Whoever gets an invitation and accepts it is among the members.
        </EmptyState>
      }
    />
  );
}
