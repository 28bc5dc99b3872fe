import type { WorkflowState, WorkflowSummary } from '#/api/types';
import { type Column, DataTable } from '#/ui/DataTable';
import { EmptyState } from '#/ui/EmptyState';
import { HashText } from '#/ui/HashText';
import { Moment } from '#/ui/Moment';
import { usePager } from '#/ui/pager';
import { StateBadge } from '#/ui/StateBadge';
import { TextLink } from '#/ui/TextLink';
import { WORKFLOW_STATES, wordOf } from '#/words';
import { useSubjects, useWorkflows } from './queries';
import { nameOf } from './states';

const COLUMNS: Column<WorkflowSummary>[] = [
  {
    id: 'subject',
    header: 'Workflow',
    cell: ({ row: { original } }) => (
      <TextLink to="/workflows/$id" params={{ id: original.id }} fw={500}>
        <Subject id={original.id} />
      </TextLink>
    ),
  },
  {
    id: 'state',
    header: 'State',
    cell: ({ row }) => <StateBadge word={wordOf(WORKFLOW_STATES, row.original.state)} />,
  },
  {
    id: 'plan',
    header: 'Plan hash',
    cell: ({ row }) => <HashText hash={row.original.planHash} what="plan hash" />,
  },
  { id: 'created', header: 'Started', cell: ({ row }) => <Moment at={row.original.createdAt} /> },
  {
    id: 'ended',
    header: 'Ended',
    cell: ({ row: { original } }) =>
      original.endedAt === undefined ? '–' : <Moment at={original.endedAt} />,
  },
];

function Subject({ id }: { id: string }) {
  return <>{useSubjects().get(id) ?? nameOf(id)}</>;
}

/** Workflows, newest first. */
export function WorkflowTable({ state }: { state: WorkflowState | undefined }) {
  const pager = usePager(state ?? '');
  return (
    <DataTable
      label="Workflows"
      columns={COLUMNS}
      answer={useWorkflows(state, pager.cursor)}
      rowId={(workflow) => workflow.id}
      pager={pager}
      empty={
        <EmptyState icon="workflows" title={state === undefined ? 'No workflow yet' : 'None in this state'}>
          A workflow begins when a request is submitted, and finishes by itself once it is approved.
        </EmptyState>
      }
    />
  );
}
