import { OUTCOMES } from '#/agentWords';
import type { AgentPackage } from '#/api/types';
import { useMay } from '#/features/identity';
import { type Column, DataTable } from '#/ui/DataTable';
import { EmptyState } from '#/ui/EmptyState';
import { Moment } from '#/ui/Moment';
import { useNow } from '#/ui/now';
import { StateBadge } from '#/ui/StateBadge';
import { TextLink } from '#/ui/TextLink';
import { wordOf } from '#/words';

const COLUMNS: Column<AgentPackage>[] = [
  { id: 'number', header: 'Number', cell: ({ row }) => row.original.sequence },
  { id: 'state', header: 'State', cell: ({ row }) => <State sent={row.original} /> },
  {
    id: 'step',
    header: 'For',
    cell: ({ row: { original } }) => <Step id={original.workflowId} step={original.step} />,
  },
  { id: 'approval', header: 'Approval', cell: ({ row }) => <Approval id={row.original.approvalId} /> },
  { id: 'signed', header: 'Signed', cell: ({ row }) => <Moment at={row.original.createdAt} /> },
  { id: 'expires', header: 'Expires', cell: ({ row }) => <Moment at={row.original.expiresAt} /> },
];

function State({ sent }: { sent: AgentPackage }) {
  const now = useNow();
  if (sent.outcome !== undefined) return <StateBadge word={wordOf(OUTCOMES, sent.outcome)} />;
  return Date.parse(sent.expiresAt) > now ? (
    <StateBadge word={{ label: 'In flight', tone: 'active' }} />
  ) : (
    <StateBadge word={{ label: 'Expired without an answer', tone: 'warning' }} />
  );
}

function Step({ id, step }: { id: string; step: number }) {
  const may = useMay();
  if (!may('workflows:read')) return <>Step {step}</>;
  return (
    <TextLink to="/workflows/$id" params={{ id }}>
      Step {step} of its workflow
    </TextLink>
  );
}

function Approval({ id }: { id: string }) {
  const may = useMay();
  if (!may('approvals:read')) return <>–</>;
  return (
    <TextLink to="/approvals/$id" params={{ id }}>
      Open the approval
    </TextLink>
  );
}

/** What was ordered, the newest first. */
export function PackageTable({ packages }: { packages: AgentPackage[] }) {
  return (
    <DataTable
      label="Action packages"
      columns={COLUMNS}
      answer={{ data: { items: packages }, error: null, isPlaceholderData: false, refetch: () => undefined }}
      rowId={({ id }) => id}
      empty={
        <EmptyState icon="workflows" title="Nothing ordered yet">
          When an action for this agent is approved, the order appears here until the agent has answered.
        </EmptyState>
      }
    />
  );
}
