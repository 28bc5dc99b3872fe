import type { Entitlement } from '#/api/types';
import { type Column, DataTable } from '#/ui/DataTable';
import { EmptyState } from '#/ui/EmptyState';
import { usePager } from '#/ui/pager';
import { RiskBadge } from '#/ui/RiskBadge';
import { StateBadge } from '#/ui/StateBadge';
import { TextLink } from '#/ui/TextLink';
import { hasText, spaced } from '#/words';
import classes from './CatalogueTable.module.css';
import { type CatalogueFilter, useCatalogue } from './queries';

const HELD = { label: 'You hold this', tone: 'good' } as const;

const COLUMNS: Column<Entitlement>[] = [
  {
    id: 'name',
    header: 'Entitlement',
    cell: ({ row: { original: entitlement } }) => (
      <div className={classes.name}>
        <TextLink to="/catalogue" search={(before) => ({ ...before, entitlement: entitlement.id })} fw={500}>
          {entitlement.name}
        </TextLink>
        {entitlement.held && <StateBadge word={HELD} />}
        {hasText(entitlement.description) && (
          <span className={classes.description}>{entitlement.description}</span>
        )}
      </div>
    ),
  },
  { id: 'system', header: 'System', cell: ({ row }) => row.original.connectorName },
  { id: 'kind', header: 'Kind', cell: ({ row }) => spaced(row.original.kind) },
  { id: 'risk', header: 'Risk', cell: ({ row }) => <RiskBadge risk={row.original.risk} /> },
  { id: 'holders', header: 'Holders', cell: ({ row }) => row.original.holders },
];

/** What can be requested, as the server finds it. */
export function CatalogueTable({ filter }: { filter: CatalogueFilter }) {
  const pager = usePager(JSON.stringify(filter));
  const catalogue = useCatalogue(filter, pager.cursor);
  const filtered = (filter.query ?? filter.connectorId ?? filter.risk) !== undefined;
  return (
    <DataTable
      label="Catalogue"
      columns={COLUMNS}
      answer={catalogue}
      rowId={(entitlement) => entitlement.id}
      pager={pager}
      empty={
        <EmptyState icon="search" title={filtered ? 'Nothing matches' : 'The catalogue is empty'}>
          {filtered
            ? 'Try fewer letters, another system or any risk.'
            : 'Entitlements appear here once a connector has been observed.'}
        </EmptyState>
      }
    />
  );
}
