import { Button } from '@mantine/core';
import type { AuditEvent } from '#/api/types';
import { type Column, DataTable } from '#/ui/DataTable';
import { EmptyState } from '#/ui/EmptyState';
import { HashText } from '#/ui/HashText';
import { Moment } from '#/ui/Moment';
import { usePager } from '#/ui/pager';
import { StateBadge } from '#/ui/StateBadge';
import { TextLink } from '#/ui/TextLink';
import { AUDIT_OUTCOMES, wordOf } from '#/words';
import { actorName } from './actor';
import { setFilters } from './filter';
import { type AuditFilter, useAuditEvents, useFilterWords } from './queries';

const COLUMNS: Column<AuditEvent>[] = [
  {
    id: 'sequence',
    header: 'Index',
    cell: ({ row: { original } }) => (
      <TextLink
        to="/audit"
        search={(before) => ({ ...before, event: original.sequence })}
        ff="monospace"
        aria-label={`Event ${original.sequence}`}
      >
        {original.sequence}
      </TextLink>
    ),
  },
  { id: 'action', header: 'Action', cell: ({ row }) => row.original.action },
  {
    id: 'outcome',
    header: 'Outcome',
    cell: ({ row }) => <StateBadge word={wordOf(AUDIT_OUTCOMES, row.original.outcome)} />,
  },
  { id: 'actor', header: 'Actor', cell: ({ row }) => actorName(row.original.actor) },
  { id: 'target', header: 'Target', cell: ({ row }) => row.original.target.type },
  {
    id: 'leaf',
    header: 'Leaf hash',
    cell: ({ row }) => <HashText hash={row.original.leafHash} what="leaf hash" />,
  },
  { id: 'at', header: 'When', cell: ({ row }) => <Moment at={row.original.at} /> },
];

interface Props {
  filter: AuditFilter;
  onClear: () => void;
}

/** The audit log, newest first. */
export function AuditTable({ filter, onClear }: Props) {
  const pager = usePager(JSON.stringify(filter));
  return (
    <DataTable
      label="Audit events"
      columns={COLUMNS}
      answer={useAuditEvents(filter, pager.cursor)}
      rowId={(event) => String(event.sequence)}
      pager={pager}
      empty={<NothingFound filter={filter} onClear={onClear} />}
    />
  );
}

function NothingFound({ filter, onClear }: Props) {
  const on = setFilters(filter, useFilterWords());
  if (on.length === 0) {
    return (
      <EmptyState icon="audit" title="Nothing happened yet">
        Whatever somebody does here becomes an event of this log.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon="audit"
      title="No event matches"
      action={
        <Button size="xs" variant="default" onClick={onClear}>
          Clear all filters
        </Button>
      }
    >
      The log keeps everything; these filters hold together:{' '}
      {on.map(({ name, value }) => `${name.toLowerCase()} ${value}`).join(', ')}.
    </EmptyState>
  );
}
