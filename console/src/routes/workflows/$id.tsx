import { createFileRoute } from '@tanstack/react-router';
import type { WorkflowState } from '#/api/types';
import { PermissionGate, useMay } from '#/features/identity';
import { CancelWorkflow, subjectOf, useWorkflow, WorkflowDetail } from '#/features/workflow';
import { Loading } from '#/ui/Loading';
import { Page } from '#/ui/Page';
import { Panel } from '#/ui/Panel';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { StateBadge } from '#/ui/StateBadge';
import { TextLink } from '#/ui/TextLink';
import { WORKFLOW_STATES, wordOf } from '#/words';

const BEFORE_EXECUTION: WorkflowState[] = ['awaiting-approval', 'scheduled'];

export const Route = createFileRoute('/workflows/$id')({
  component: () => (
    <PermissionGate title="Workflow" anyOf={['workflows:read', 'workflows:read-own']}>
      <WorkflowPage />
    </PermissionGate>
  ),
});

function WorkflowPage() {
  const workflow = useWorkflow(Route.useParams().id);
  const may = useMay();
  const back = <TextLink to="/workflows">Workflows</TextLink>;
  if (workflow.data === undefined) {
    return (
      <Page title="Workflow" back={back}>
        {workflow.isError ? (
          <ProblemNotice error={workflow.error} onRetry={() => void workflow.refetch()} />
        ) : (
          <Panel>
            <Loading what="the workflow" lines={6} />
          </Panel>
        )}
      </Page>
    );
  }
  const mayCancel = may('workflows:operate') && BEFORE_EXECUTION.includes(workflow.data.state);
  return (
    <Page
      title={subjectOf(workflow.data)}
      back={back}
      marks={<StateBadge word={wordOf(WORKFLOW_STATES, workflow.data.state)} />}
      actions={mayCancel && <CancelWorkflow workflow={workflow.data} />}
    >
      <WorkflowDetail workflow={workflow.data} />
    </Page>
  );
}
