import type { Share } from '#/api/types';
import { type Column, DataTable } from '#/ui/DataTable';
import { EmptyState } from '#/ui/EmptyState';
import { Moment } from '#/ui/Moment';
import { usePager } from '#/ui/pager';
import { StateBadge } from '#/ui/StateBadge';
import { TextLink } from '#/ui/TextLink';
import { SHARE_STATES, wordOf } from '#/words';
import { useShares } from './queries';

const COLUMNS: Column<Share>[] = [
  {
    id: 'recipient',
    header: 'For whom',
    cell: ({ row: { original } }) => (
      <TextLink to="/shares" search={{ share: original.id }}>
        {original.recipient}
      </TextLink>
    ),
  },
  {
    id: 'state',
    header: 'State',
    cell: ({ row }) => <StateBadge word={wordOf(SHARE_STATES, row.original.state)} />,
  },
  {
    id: 'what',
    header: 'Shares',
    cell: ({ row }) => (row.original.packageId === undefined ? 'Audit events' : 'Evidence package'),
  },
  { id: 'uses', header: 'Uses', cell: ({ row }) => usesOf(row.original) },
  { id: 'by', header: 'Made by', cell: ({ row }) => row.original.createdBy.displayName },
  { id: 'expires', header: 'Expires', cell: ({ row }) => <Moment at={row.original.expiresAt} /> },
];

/** The links of the organization, newest first. */
export function ShareTable() {
  const pager = usePager('shares');
  return (
    <DataTable
      label="Share links"
      columns={COLUMNS}
      answer={useShares(pager.cursor)}
      rowId={({ id }) => id}
      pager={pager}
      empty={
        <EmptyState icon="share" title="Nothing is shared">
          “Share” on an evidence package, or above the audit log, makes a link for somebody without an
          account.
        </EmptyState>
      }
    />
  );
}

function usesOf({ uses, mostUses }: Share): string {
  return mostUses === undefined ? String(uses) : `${uses} of ${mostUses}`;
}
