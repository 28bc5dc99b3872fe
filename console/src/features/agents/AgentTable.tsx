import { AGENT_HEALTH, AGENT_STATES, AGENT_WARNINGS } from '#/agentWords';
import type { Agent } from '#/api/types';
import { type Column, DataTable } from '#/ui/DataTable';
import { EmptyState } from '#/ui/EmptyState';
import { Moment } from '#/ui/Moment';
import { usePager } from '#/ui/pager';
import { StateBadge } from '#/ui/StateBadge';
import { TextLink } from '#/ui/TextLink';
import { wordOf } from '#/words';
import classes from './agents.module.css';
import { type AgentFilter, useAgents } from './queries';

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
  { id: 'warnings', header: 'To look at', cell: ({ row }) => <Warnings agent={row.original} /> },
  {
    id: 'flight',
    header: 'In flight',
    cell: ({ row: { original } }) => (original.packagesInFlight === 0 ? '–' : original.packagesInFlight),
  },
  {
    id: 'seen',
    header: 'Last seen',
    cell: ({ row: { original } }) =>
      original.host?.lastSeenAt === undefined ? 'Never' : <Moment at={original.host.lastSeenAt} />,
  },
  { id: 'version', header: 'Version', cell: ({ row }) => row.original.host?.version ?? '–' },
];

function Health({ agent: { health } }: { agent: Agent }) {
  return health === undefined ? <>–</> : <StateBadge word={wordOf(AGENT_HEALTH, health)} />;
}

function Warnings({ agent: { warnings } }: { agent: Agent }) {
  if (warnings.length === 0) return <>–</>;
  return (
    <ul className={classes.badges}>
      {warnings.map((warning) => (
        <li key={warning}>
          <StateBadge word={wordOf(AGENT_WARNINGS, warning)} />
        </li>
      ))}
    </ul>
  );
}

/** The agents of the organization, by name. */
export function AgentTable({ filter }: { filter: AgentFilter }) {
  const pager = usePager(JSON.stringify(filter));
  const filtered = filter.query !== undefined || filter.state !== undefined || filter.health !== undefined;
  return (
    <DataTable
      label="Agents"
      columns={COLUMNS}
      answer={useAgents(filter, pager.cursor)}
      rowId={({ id }) => id}
      pager={pager}
      empty={
        filtered ? (
          <EmptyState icon="search" title="No agent matches">
            Try fewer letters, any state or any health.
          </EmptyState>
        ) : (
          <EmptyState icon="agent" title="No agent yet">
            An agent is a small program on a host that nobody may reach from outside. It asks for work itself,
            and does only what it can prove was approved. Name one to begin; you get the command for its host.
          </EmptyState>
        )
      }
    />
  );
}
