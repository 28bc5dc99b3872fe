import { createFileRoute } from '@tanstack/react-router';
import { ApprovalTable } from '#/features/approvals';
import { PermissionGate } from '#/features/identity';
import { Page } from '#/ui/Page';
import { Panel } from '#/ui/Panel';
import { oneOf } from '#/ui/search';
import { Toolbar } from '#/ui/Toolbar';
import { WordSelect } from '#/ui/WordSelect';
import { APPROVAL_STATES, optionsOf } from '#/words';

const STATES = { ...APPROVAL_STATES, any: true };

interface Search {
  state?: keyof typeof STATES | undefined;
}

export const Route = createFileRoute('/approvals/')({
  validateSearch: (search: Record<string, unknown>): Search => ({ state: oneOf(search.state, STATES) }),
  component: () => (
    <PermissionGate title="Approvals" anyOf={['approvals:read']}>
      <ApprovalsPage />
    </PermissionGate>
  ),
});

function ApprovalsPage() {
  const { state = 'open' } = Route.useSearch();
  const navigate = Route.useNavigate();
  const filter = state === 'any' ? undefined : state;
  return (
    <Page title="Approvals" lead="Exact plans that wait for a decision. What you approve is what is hashed.">
      <Panel flush>
        <Toolbar>
          <WordSelect
            label="State"
            any="Any state"
            options={optionsOf(APPROVAL_STATES)}
            value={filter}
            onChange={(chosen) =>
              void navigate({ search: { state: oneOf(chosen, STATES) ?? 'any' }, replace: true })
            }
          />
        </Toolbar>
        <ApprovalTable state={filter} />
      </Panel>
    </Page>
  );
}
