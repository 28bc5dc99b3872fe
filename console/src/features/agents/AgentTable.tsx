import { AGENT_STATES } from '#/agentWords';
import type { Agent } from '#/api/types';
import { type Column, DataTable } from '#/ui/DataTable';
import { EmptyState } from '#/ui/EmptyState';
import { Moment } from '#/ui/Moment';
import { useNow } from '#/ui/now';
import { usePager } from '#/ui/pager';
import { StateBadge } from '#/ui/StateBadge';
import { TextLink } from '#/ui/TextLink';
import { wordOf } from '#/words';
import classes from './agents.module.css';
import { healthOf } from './health';
import { useAgents } from './queries';

const COLUMNS: Column<Agent>[] = [
  {
    id: 'name',
    header: 'Agent',
    cell: ({ row: { original } }) => (
      <div className={classes.two}>
        <TextLink to="/agents/$id" params={{ id: original.id }} fw={500}>
          {original.name}
        </TextLink>
        <span className={classes.quiet}>{original.host?.name ?? 'No host yet'}</span>
      </div>
    ),
  },
  {
    id: 'state',
    header: 'State',
    cell: ({ row }) => <StateBadge word={wordOf(AGENT_STATES, row.original.state)} />,
  },
  { id: 'health', header: 'Health', cell: ({ row }) => <Health agent={row.original} /> },
  {
    id: 'seen',
    header: 'Last seen',
    cell: ({ row: { original } }) =>
      original.host?.lastSeenAt === undefined ? 'Never' : <Moment at={original.host.lastSeenAt} />,
  },
  { id: 'version', header: 'Version', cell: ({ row }) => row.original.host?.version ?? '–' },
  {
    id: 'knows',
    header: 'Types of actions',
    cell: ({ row }) => row.original.host?.capabilities.length ?? '–',
  },
];

function Health({ agent }: { agent: Agent }) {
  const health = healthOf(agent, useNow());
  return health === null ? <>–</> : <StateBadge word={health} />;
}

/** The agents of the organization, newest first. */
export function AgentTable() {
  const pager = usePager('agents');
  return (
    <DataTable
      label="Agents"
      columns={COLUMNS}
      answer={useAgents(pager.cursor)}
      rowId={({ id }) => id}
      pager={pager}
      empty={
        <EmptyState icon="agent" title="No agent yet">
          An agent is a small program on a host that nobody may reach from outside. It asks for work itself,
          and does only what it can prove was approved. Name one to begin; you get the command for its host.
        </EmptyState>
      }
    />
  );
}
