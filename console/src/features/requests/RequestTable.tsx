import type { AccessRequest } from '#/api/types';
import { type Column, DataTable } from '#/ui/DataTable';
import { EmptyState } from '#/ui/EmptyState';
import { Moment } from '#/ui/Moment';
import { usePager } from '#/ui/pager';
import { RiskBadge } from '#/ui/RiskBadge';
import { StateBadge } from '#/ui/StateBadge';
import { TextLink } from '#/ui/TextLink';
import { type RequestFilter, useRequests } from './queries';
import classes from './RequestTable.module.css';
import { progressOf, titleOf } from './states';

const WHAT: Column<AccessRequest> = {
  id: 'request',
  header: 'Request',
  cell: ({ row: { original } }) => (
    <div className={classes.what}>
      <TextLink to="/requests/$id" params={{ id: original.id }} fw={500}>
        {titleOf(original)}
      </TextLink>
      <span className={classes.system}>{original.connectorName}</span>
    </div>
  ),
};

const WHO: Column<AccessRequest> = {
  id: 'requester',
  header: 'Requester',
  cell: ({ row }) => row.original.requester.displayName,
};

const REST: Column<AccessRequest>[] = [
  { id: 'risk', header: 'Risk', cell: ({ row }) => <RiskBadge risk={row.original.risk} /> },
  { id: 'state', header: 'State', cell: ({ row }) => <StateBadge word={progressOf(row.original)} /> },
  { id: 'created', header: 'Asked', cell: ({ row }) => <Moment at={row.original.createdAt} /> },
];

const MINE = [WHAT, ...REST];
const EVERYBODYS = [WHAT, WHO, ...REST];

/** Requests, newest first: one's own, or everybody's. */
export function RequestTable({ filter }: { filter: RequestFilter }) {
  const pager = usePager(JSON.stringify(filter));
  const mine = filter.mine === true;
  return (
    <DataTable
      label="Requests"
      columns={mine ? MINE : EVERYBODYS}
      answer={useRequests(filter, pager.cursor)}
      rowId={(request) => request.id}
      pager={pager}
      empty={
        <EmptyState
          icon="requests"
          title={filter.state === undefined ? 'No request yet' : 'None in this state'}
          action={mine ? <TextLink to="/catalogue">Search the catalogue</TextLink> : undefined}
        >
          {mine
            ? 'What you ask for appears here, with everything that happens to it.'
            : 'What people ask for appears here.'}
        </EmptyState>
      }
    />
  );
}
