import { createFileRoute } from '@tanstack/react-router';
import { AGENT_HEALTH, AGENT_STATES } from '#/agentWords';
import { AddAgent, type AgentFilter, AgentFilters, AgentsHelp, AgentTable } from '#/features/agents';
import { PermissionGate, useMay } from '#/features/identity';
import { Columns } from '#/ui/Columns';
import { Page } from '#/ui/Page';
import { Panel } from '#/ui/Panel';
import { oneOf, textOf } from '#/ui/search';

export const Route = createFileRoute('/agents/')({
  validateSearch: (search: Record<string, unknown>): AgentFilter => ({
    query: textOf(search.query),
    state: oneOf(search.state, AGENT_STATES),
    health: oneOf(search.health, AGENT_HEALTH),
  }),
  component: () => (
    <PermissionGate title="Agents" anyOf={['agents:read']}>
      <AgentsPage />
    </PermissionGate>
  ),
});

function AgentsPage() {
  const filter = Route.useSearch();
  const navigate = Route.useNavigate();
  const may = useMay();
  return (
    <Page
      title="Agents"
      lead="Programs on hosts that nobody reaches from outside. They ask; nobody calls them."
    >
      <Panel flush>
        <AgentFilters
          filter={filter}
          onChange={(changed) => void navigate({ search: changed, replace: true })}
        />
        <AgentTable filter={filter} />
      </Panel>
      {may('agents:manage') ? (
        <Columns
          main={
            <Panel title="Another agent">
              <AddAgent onAdded={(id) => void navigate({ to: '/agents/$id', params: { id } })} />
            </Panel>
          }
          side={<Help />}
        />
      ) : (
        <Help />
      )}
    </Page>
  );
}

function Help() {
  return (
    <Panel title="How it works">
      <AgentsHelp />
    </Panel>
  );
}
