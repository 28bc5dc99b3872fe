import type { Directory, DirectoryToken } from '#/api/types';
import { type Column, DataTable } from '#/ui/DataTable';
import { EmptyState } from '#/ui/EmptyState';
import { Moment } from '#/ui/Moment';
import { useMemberName } from './queries';
import { RevokeToken } from './RevokeToken';

interface Props {
  directory: Directory;
  tokens: DirectoryToken[];
}

/** The tokens that still open something, newest first. */
export function TokenTable({ directory, tokens }: Props) {
  const nameOf = useMemberName();
  const columns: Column<DirectoryToken>[] = [
    { id: 'issued', header: 'Issued', cell: ({ row }) => <Moment at={row.original.createdAt} /> },
    { id: 'by', header: 'Issued by', cell: ({ row }) => nameOf(row.original.createdBy) },
    {
      id: 'ends',
      header: 'Ends',
      cell: ({ row: { original } }) =>
        original.endsAt === undefined ? 'When it is revoked' : <Moment at={original.endsAt} />,
    },
    {
      id: 'actions',
      header: 'Actions',
      cell: ({ row }) => (
        <RevokeToken directory={directory} token={row.original} last={tokens.length === 1} />
      ),
    },
  ];
  return (
    <DataTable
      label="Tokens"
      columns={columns}
      answer={{ data: { items: tokens }, error: null, isPlaceholderData: false, refetch: () => undefined }}
      rowId={({ id }) => id}
      empty={
        <EmptyState icon="key" title="No token">
          Without one the identity provider can send nothing.
        </EmptyState>
      }
    />
  );
}
