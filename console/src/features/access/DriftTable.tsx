import type { Assignment } from '#/api/types';
import { type Column, DataTable } from '#/ui/DataTable';
import { EmptyState } from '#/ui/EmptyState';
import { Moment } from '#/ui/Moment';
import { usePager } from '#/ui/pager';
import { StateBadge } from '#/ui/StateBadge';
import { DRIFTS, wordOf } from '#/words';
import { useDrift } from './queries';

const COLUMNS: Column<Assignment>[] = [
  { id: 'account', header: 'Account', cell: ({ row }) => row.original.accountName },
  { id: 'entitlement', header: 'Entitlement', cell: ({ row }) => row.original.entitlementName },
  {
    id: 'drift',
    header: 'Drift',
    cell: ({ row }) => <StateBadge word={wordOf(DRIFTS, row.original.drift)} />,
  },
  {
    id: 'since',
    header: 'Since',
    cell: ({ row }) => <Moment at={row.original.since} />,
  },
];

/** Where the observed book of a connector differs from the approved one. */
export function DriftTable({ connectorId }: { connectorId: string }) {
  const pager = usePager(connectorId);
  const drift = useDrift(connectorId, pager.cursor);
  return (
    <DataTable
      label="Drift"
      columns={COLUMNS}
      answer={drift}
      rowId={(assignment) => `${assignment.accountId} ${assignment.entitlementId}`}
      pager={pager}
      empty={
        <EmptyState icon="check" title="No drift">
          What was last observed in this system is exactly what was approved.
        </EmptyState>
      }
    />
  );
}
