import { createFileRoute } from '@tanstack/react-router';
import type { AgentDetail as Detail } from '#/api/types';
import { ActionForm, AgentDetail, EndAgent, useAgent } from '#/features/agents';
import { PermissionGate, useMay } from '#/features/identity';
import { Loading } from '#/ui/Loading';
import { Page } from '#/ui/Page';
import { Panel } from '#/ui/Panel';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { TextLink } from '#/ui/TextLink';

export const Route = createFileRoute('/agents/$id')({
  component: () => (
    <PermissionGate title="Agent" anyOf={['agents:read']}>
      <AgentPage />
    </PermissionGate>
  ),
});

function AgentPage() {
  const { id } = Route.useParams();
  const agent = useAgent(id);
  return (
    <Page
      title={agent.data?.agent.name ?? 'Agent'}
      back={<TextLink to="/agents">Agents</TextLink>}
      actions={agent.data && <Ending detail={agent.data} />}
    >
      {agent.isError && <ProblemNotice error={agent.error} onRetry={() => void agent.refetch()} />}
      {agent.isPending && (
        <Panel>
          <Loading what="the agent" lines={6} />
        </Panel>
      )}
      {agent.data !== undefined && <AgentDetail detail={agent.data} />}
      {agent.data !== undefined && <Asking detail={agent.data} />}
    </Page>
  );
}

function Ending({ detail: { agent } }: { detail: Detail }) {
  const may = useMay();
  return may('agents:manage') && agent.endedAt === undefined ? <EndAgent agent={agent} /> : null;
}

function Asking({ detail }: { detail: Detail }) {
  const may = useMay();
  const navigate = Route.useNavigate();
  if (!may('agents:manage') || detail.agent.state !== 'active') return null;
  return (
    <Panel title="Ask for an action" note="It is done after others have approved it, and not before.">
      <ActionForm
        detail={detail}
        onAsked={(workflowId) => void navigate({ to: '/workflows/$id', params: { id: workflowId } })}
      />
    </Panel>
  );
}
