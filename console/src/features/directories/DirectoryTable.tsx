import type { Directory } from '#/api/types';
import { DIRECTORY_STATES } from '#/directoryWords';
import { type Column, DataTable } from '#/ui/DataTable';
import { EmptyState } from '#/ui/EmptyState';
import { Moment } from '#/ui/Moment';
import { StateBadge } from '#/ui/StateBadge';
import { TextLink } from '#/ui/TextLink';
import { roleLabel, wordOf } from '#/words';
import { useDirectories } from './queries';

const COLUMNS: Column<Directory>[] = [
  {
    id: 'name',
    header: 'Name',
    cell: ({ row: { original } }) => (
      <TextLink to="/directories" search={{ directory: original.id }}>
        {original.name}
      </TextLink>
    ),
  },
  {
    id: 'state',
    header: 'State',
    cell: ({ row }) => <StateBadge word={wordOf(DIRECTORY_STATES, row.original.state)} />,
  },
  { id: 'default', header: 'Default role', cell: ({ row }) => roleLabel(row.original.defaultRole) },
  { id: 'ceiling', header: 'Ceiling', cell: ({ row }) => roleLabel(row.original.ceiling) },
  {
    id: 'heard',
    header: 'Last heard of',
    cell: ({ row: { original } }) =>
      original.lastRequestAt === undefined ? 'Never' : <Moment at={original.lastRequestAt} />,
  },
];

/** The directories of the organization, newest first. */
export function DirectoryTable() {
  return (
    <DataTable
      label="Directories"
      columns={COLUMNS}
      answer={useDirectories()}
      rowId={({ id }) => id}
      empty={
        <EmptyState icon="members" title="No directory yet">
          Add the system that knows your people. It sends who they are and who has left, once it has a token.
        </EmptyState>
      }
    />
  );
}
