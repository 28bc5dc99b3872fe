import { planOf } from '#/api/hashed';
import type { Approval, ApprovalState } from '#/api/types';
import { titleOfPlan } from '#/features/workflow';
import { type Column, DataTable } from '#/ui/DataTable';
import { EmptyState } from '#/ui/EmptyState';
import { Moment } from '#/ui/Moment';
import { usePager } from '#/ui/pager';
import { RiskBadge } from '#/ui/RiskBadge';
import { StateBadge } from '#/ui/StateBadge';
import { TextLink } from '#/ui/TextLink';
import { APPROVAL_STATES, wordOf } from '#/words';
import classes from './ApprovalTable.module.css';
import { useApprovals } from './queries';

const COLUMNS: Column<Approval>[] = [
  {
    id: 'plan',
    header: 'Plan',
    cell: ({ row: { original } }) => (
      <div className={classes.plan}>
        <TextLink to="/approvals/$id" params={{ id: original.id }} fw={500}>
          {titleOfPlan(planOf(original))}
        </TextLink>
        <span className={classes.system}>{planOf(original).steps[0]?.connectorName}</span>
      </div>
    ),
  },
  { id: 'risk', header: 'Risk', cell: ({ row }) => <RiskBadge risk={row.original.risk} /> },
  { id: 'requester', header: 'Requester', cell: ({ row }) => row.original.requester.displayName },
  {
    id: 'state',
    header: 'State',
    cell: ({ row }) => <StateBadge word={wordOf(APPROVAL_STATES, row.original.state)} />,
  },
  { id: 'created', header: 'Asked', cell: ({ row }) => <Moment at={row.original.createdAt} /> },
  {
    id: 'expires',
    header: 'Expires',
    cell: ({ row: { original } }) => (original.state === 'open' ? <Moment at={original.expiresAt} /> : '–'),
  },
];

/** The queue of plans that wait for a decision, or were decided. */
export function ApprovalTable({ state }: { state: ApprovalState | undefined }) {
  const pager = usePager(state ?? '');
  return (
    <DataTable
      label="Approvals"
      columns={COLUMNS}
      answer={useApprovals(state, pager.cursor)}
      rowId={(approval) => approval.id}
      pager={pager}
      empty={
        <EmptyState icon="approvals" title={state === 'open' ? 'Nothing waits for a decision' : 'None here'}>
          When somebody asks for access, the exact plan appears here with its risk.
        </EmptyState>
      }
    />
  );
}
