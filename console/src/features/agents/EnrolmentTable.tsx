import type { Agent, EnrolmentToken } from '#/api/types';
import { useMay } from '#/features/identity';
import { type Column, DataTable } from '#/ui/DataTable';
import { EmptyState } from '#/ui/EmptyState';
import { Moment } from '#/ui/Moment';
import { useNow } from '#/ui/now';
import { StateBadge } from '#/ui/StateBadge';
import { isOpen, stateOf } from './enrolment';
import { useMemberName } from './queries';
import { RevokeEnrolment } from './RevokeEnrolment';

interface Props {
  agent: Agent;
  tokens: EnrolmentToken[];
}

/** The tokens by which a host could, or did, become this agent. */
export function EnrolmentTable({ agent, tokens }: Props) {
  const nameOf = useMemberName();
  const may = useMay();
  const now = useNow();
  const columns: Column<EnrolmentToken>[] = [
    { id: 'issued', header: 'Issued', cell: ({ row }) => <Moment at={row.original.createdAt} /> },
    { id: 'by', header: 'Issued by', cell: ({ row }) => nameOf(row.original.createdBy) },
    { id: 'state', header: 'State', cell: ({ row }) => <StateBadge word={stateOf(row.original, now)} /> },
    { id: 'expires', header: 'Expires', cell: ({ row }) => <Moment at={row.original.expiresAt} /> },
    {
      id: 'actions',
      header: 'Actions',
      cell: ({ row: { original } }) =>
        isOpen(original, now) && may('agents:manage') ? (
          <RevokeEnrolment agent={agent} token={original} />
        ) : (
          '–'
        ),
    },
  ];
  return (
    <DataTable
      label="Enrolment tokens"
      columns={columns}
      answer={{ data: { items: tokens }, error: null, isPlaceholderData: false, refetch: () => undefined }}
      rowId={({ id }) => id}
      empty={
        <EmptyState icon="key" title="No enrolment token">
          Without one no host can become this agent.
        </EmptyState>
      }
    />
  );
}
