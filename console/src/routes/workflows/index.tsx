import { createFileRoute } from '@tanstack/react-router';
import type { WorkflowState } from '#/api/types';
import { PermissionGate } from '#/features/identity';
import { WorkflowTable } from '#/features/workflow';
import { Page } from '#/ui/Page';
import { Panel } from '#/ui/Panel';
import { oneOf } from '#/ui/search';
import { Toolbar } from '#/ui/Toolbar';
import { WordSelect } from '#/ui/WordSelect';
import { optionsOf, WORKFLOW_STATES } from '#/words';

interface Search {
  state?: WorkflowState | undefined;
}

export const Route = createFileRoute('/workflows/')({
  validateSearch: (search: Record<string, unknown>): Search => ({
    state: oneOf(search.state, WORKFLOW_STATES),
  }),
  component: () => (
    <PermissionGate title="Workflows" anyOf={['workflows:read', 'workflows:read-own']}>
      <WorkflowsPage />
    </PermissionGate>
  ),
});

function WorkflowsPage() {
  const { state } = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <Page
      title="Workflows"
      lead="Approved plans being carried out. They finish by themselves, also after a crash."
    >
      <Panel flush>
        <Toolbar>
          <WordSelect
            label="State"
            any="Any state"
            options={optionsOf(WORKFLOW_STATES)}
            value={state}
            onChange={(chosen) =>
              void navigate({ search: { state: oneOf(chosen, WORKFLOW_STATES) }, replace: true })
            }
          />
        </Toolbar>
        <WorkflowTable state={state} />
      </Panel>
    </Page>
  );
}
