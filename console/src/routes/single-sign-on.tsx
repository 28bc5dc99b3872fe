import { createFileRoute } from '@tanstack/react-router';
import { AddProvider, FederationHelp, ProviderDrawer, ProviderTable } from '#/features/federation';
import { PermissionGate, useMay } from '#/features/identity';
import { Columns } from '#/ui/Columns';
import { Page } from '#/ui/Page';
import { Panel } from '#/ui/Panel';
import { textOf } from '#/ui/search';

interface Search {
  provider?: string | undefined;
}

export const Route = createFileRoute('/single-sign-on')({
  validateSearch: (search: Record<string, unknown>): Search => ({ provider: textOf(search.provider) }),
  component: () => (
    <PermissionGate title="Single sign-on" anyOf={['organization:change']}>
      <SingleSignOnPage />
    </PermissionGate>
  ),
});

function SingleSignOnPage() {
  const { provider } = Route.useSearch();
  const navigate = Route.useNavigate();
  const mayAdd = useMay()('organization:federate');
  return (
    <Page
      title="Single sign-on"
      lead="By which identity providers your people sign in, and what these may say."
    >
      <Columns
        main={
          <>
            <Panel flush>
              <ProviderTable />
            </Panel>
            {mayAdd && (
              <Panel title="A provider of yours">
                <AddProvider onAdded={(id) => void navigate({ search: { provider: id } })} />
              </Panel>
            )}
          </>
        }
        side={
          <Panel title="How it works">
            <FederationHelp />
          </Panel>
        }
      />
      {provider !== undefined && (
        <ProviderDrawer id={provider} onClose={() => void navigate({ search: {} })} />
      )}
    </Page>
  );
}
