import { createFileRoute } from '@tanstack/react-router';
import {
  CatalogueFilters,
  CatalogueTable,
  type CatalogueFilter,
  EntitlementDrawer,
  useMySystems,
} from '#/features/access';
import { PermissionGate } from '#/features/identity';
import { Page } from '#/ui/Page';
import { Panel } from '#/ui/Panel';
import { oneOf, textOf } from '#/ui/search';
import { RISKS } from '#/words';

interface Search extends CatalogueFilter {
  entitlement?: string | undefined;
}

export const Route = createFileRoute('/catalogue')({
  validateSearch: (search: Record<string, unknown>): Search => ({
    query: textOf(search.query),
    connectorId: textOf(search.connectorId),
    risk: oneOf(search.risk, RISKS),
    entitlement: textOf(search.entitlement),
  }),
  component: () => (
    <PermissionGate title="Request access" anyOf={['requests:create']}>
      <CataloguePage />
    </PermissionGate>
  ),
});

function CataloguePage() {
  const { entitlement, ...filter } = Route.useSearch();
  const navigate = Route.useNavigate();
  const systems = useMySystems();
  return (
    <Page
      title="Request access"
      lead="Find what you need; its risk and who holds it are shown before you ask."
    >
      <Panel flush>
        <CatalogueFilters
          filter={filter}
          systems={systems}
          // The search comes when the hand rests, and must not shut what was opened meanwhile.
          onChange={(changed) =>
            void navigate({
              search: ({ entitlement: open }) => ({ ...changed, entitlement: open }),
              replace: true,
            })
          }
        />
        <CatalogueTable filter={filter} />
      </Panel>
      {entitlement !== undefined && (
        <EntitlementDrawer
          id={entitlement}
          onClose={() => void navigate({ search: filter })}
          onRequest={({ id, held }) =>
            void navigate({
              to: '/requests/new',
              search: { entitlementId: id, operation: held ? 'revoke' : 'grant' },
            })
          }
        />
      )}
    </Page>
  );
}
