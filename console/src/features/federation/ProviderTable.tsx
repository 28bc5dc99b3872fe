import type { IdentityProvider } from '#/api/types';
import { type Column, DataTable } from '#/ui/DataTable';
import { EmptyState } from '#/ui/EmptyState';
import { StateBadge } from '#/ui/StateBadge';
import { TextLink } from '#/ui/TextLink';
import { PROVIDER_PRESETS, PROVIDER_STATES } from '#/providerWords';
import { roleLabel, wordOf } from '#/words';
import { useProviders } from './queries';

const COLUMNS: Column<IdentityProvider>[] = [
  {
    id: 'name',
    header: 'Name',
    cell: ({ row: { original } }) => (
      <TextLink to="/single-sign-on" search={{ provider: original.id }}>
        {original.name}
      </TextLink>
    ),
  },
  { id: 'preset', header: 'Kind', cell: ({ row }) => wordOf(PROVIDER_PRESETS, row.original.preset).label },
  {
    id: 'state',
    header: 'State',
    cell: ({ row }) => <StateBadge word={wordOf(PROVIDER_STATES, row.original.state)} />,
  },
  { id: 'default', header: 'Default role', cell: ({ row }) => roleLabel(row.original.defaultRole) },
  { id: 'ceiling', header: 'Ceiling', cell: ({ row }) => roleLabel(row.original.ceiling) },
];

/** The identity providers of the organization, newest first. */
export function ProviderTable() {
  return (
    <DataTable
      label="Identity providers"
      columns={COLUMNS}
      answer={useProviders()}
      rowId={({ id }) => id}
      empty={
        <EmptyState icon="key" title="No identity provider yet">
          Add the system that your people sign in to. It is a draft until you enable it.
        </EmptyState>
      }
    />
  );
}
