import type { OrganizationDomain } from '#/api/types';
import { type Column, DataTable } from '#/ui/DataTable';
import { EmptyState } from '#/ui/EmptyState';
import { Moment } from '#/ui/Moment';
import { StateBadge } from '#/ui/StateBadge';
import { TextLink } from '#/ui/TextLink';
import { DOMAIN_OUTCOMES, wordOf } from '#/words';
import { domainState } from './state';
import { useDomains } from './queries';

const COLUMNS: Column<OrganizationDomain>[] = [
  {
    id: 'domain',
    header: 'Domain',
    cell: ({ row: { original } }) => (
      <TextLink to="/domains" search={{ domain: original.id }}>
        {original.domain}
      </TextLink>
    ),
  },
  { id: 'state', header: 'State', cell: ({ row }) => <StateBadge word={domainState(row.original)} /> },
  {
    id: 'outcome',
    header: 'Last look',
    cell: ({ row: { original } }) =>
      original.lastCheck === undefined
        ? 'Not looked for yet'
        : wordOf(DOMAIN_OUTCOMES, original.lastCheck.outcome).label,
  },
  {
    id: 'at',
    header: 'When',
    cell: ({ row: { original } }) => original.lastCheck && <Moment at={original.lastCheck.at} />,
  },
];

/** The domains that the organization says are its own, newest first. */
export function DomainTable() {
  return (
    <DataTable
      label="Domains"
      columns={COLUMNS}
      answer={useDomains()}
      rowId={({ id }) => id}
      empty={
        <EmptyState icon="domain" title="No domain yet">
          Add the domain of your organization’s e-mail addresses. You are then shown a record to publish in
          its DNS zone.
        </EmptyState>
      }
    />
  );
}
