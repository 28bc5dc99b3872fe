import { createFileRoute } from '@tanstack/react-router';
import { AddAgent, AgentsHelp, AgentTable } from '#/features/agents';
import { PermissionGate, useMay } from '#/features/identity';
import { Columns } from '#/ui/Columns';
import { Page } from '#/ui/Page';
import { Panel } from '#/ui/Panel';

export const Route = createFileRoute('/agents/')({
  component: () => (
    <PermissionGate title="Agents" anyOf={['agents:read']}>
      <AgentsPage />
    </PermissionGate>
  ),
});

function AgentsPage() {
  const navigate = Route.useNavigate();
  const may = useMay();
  return (
    <Page
      title="Agents"
      lead="Programs on hosts that nobody reaches from outside. They ask; nobody calls them."
    >
      <Columns
        main={
          <>
            <Panel flush>
              <AgentTable />
            </Panel>
            {may('agents:manage') && (
              <Panel title="Another agent">
                <AddAgent onAdded={(id) => void navigate({ to: '/agents/$id', params: { id } })} />
              </Panel>
            )}
          </>
        }
        side={
          <Panel title="How it works">
            <AgentsHelp />
          </Panel>
        }
      />
    </Page>
  );
}
