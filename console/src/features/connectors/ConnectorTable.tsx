import type { Connector } from '#/api/types';
import { useConnectorSummaries } from '#/features/access';
import { type Column, DataTable } from '#/ui/DataTable';
import { EmptyState } from '#/ui/EmptyState';
import { Moment } from '#/ui/Moment';
import { StateBadge } from '#/ui/StateBadge';
import { TextLink } from '#/ui/TextLink';
import { HEALTHS, SYSTEM_KINDS, wordOf } from '#/words';
import { useConnectors } from './queries';

const COLUMNS: Column<Connector>[] = [
  {
    id: 'name',
    header: 'Connector',
    cell: ({ row: { original } }) => (
      <TextLink to="/connectors/$id" params={{ id: original.id }} fw={500}>
        {original.name}
      </TextLink>
    ),
  },
  { id: 'kind', header: 'Kind', cell: ({ row }) => wordOf(SYSTEM_KINDS, row.original.kind).label },
  {
    id: 'health',
    header: 'Health',
    cell: ({ row }) => <StateBadge word={wordOf(HEALTHS, row.original.health)} />,
  },
  { id: 'accounts', header: 'Accounts', cell: ({ row }) => row.original.accounts ?? '–' },
  { id: 'entitlements', header: 'Entitlements', cell: ({ row }) => row.original.entitlements ?? '–' },
  { id: 'drift', header: 'Drift', cell: ({ row }) => <DriftCount connectorId={row.original.id} /> },
  {
    id: 'observed',
    header: 'Last observed',
    cell: ({ row: { original } }) =>
      original.lastObservedAt ? <Moment at={original.lastObservedAt} /> : 'Never',
  },
];

function DriftCount({ connectorId }: { connectorId: string }) {
  const summaries = useConnectorSummaries();
  return <>{summaries.data?.get(connectorId)?.drift ?? '–'}</>;
}

/** The governed systems of the organization. */
export function ConnectorTable() {
  return (
    <DataTable
      label="Connectors"
      columns={COLUMNS}
      answer={useConnectors()}
      rowId={(connector) => connector.id}
      empty={
        <EmptyState icon="connectors" title="No system is connected">
          An owner or admin connects the first one with the command line: nuxari connectors add.
        </EmptyState>
      }
    />
  );
}
