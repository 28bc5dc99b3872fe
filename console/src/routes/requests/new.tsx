import { createFileRoute } from '@tanstack/react-router';
import { PermissionGate } from '#/features/identity';
import { NewRequestView } from '#/features/requests';
import { EmptyState } from '#/ui/EmptyState';
import { Page } from '#/ui/Page';
import { Panel } from '#/ui/Panel';
import { oneOf, textOf } from '#/ui/search';
import { TextLink } from '#/ui/TextLink';
import { toast } from '#/ui/toast';

const TITLES = { grant: 'New request', revoke: 'Request removal' };

export const Route = createFileRoute('/requests/new')({
  validateSearch: (search: Record<string, unknown>) => ({
    entitlementId: textOf(search.entitlementId),
    operation: oneOf(search.operation, TITLES) ?? ('grant' as const),
  }),
  component: () => (
    <PermissionGate title="New request" anyOf={['requests:create']}>
      <NewRequestPage />
    </PermissionGate>
  ),
});

function NewRequestPage() {
  const { entitlementId, operation } = Route.useSearch();
  const navigate = Route.useNavigate();
  const back = <TextLink to="/catalogue">Back to the catalogue</TextLink>;
  return (
    <Page title={TITLES[operation]} back={back}>
      {entitlementId === undefined ? (
        <Panel>
          <EmptyState icon="catalogue" title="Nothing is chosen yet" action={back}>
            Choose an entitlement in the catalogue first.
          </EmptyState>
        </Panel>
      ) : (
        <NewRequestView
          key={entitlementId}
          entitlementId={entitlementId}
          operation={operation}
          onSubmitted={({ id, entitlement }) => {
            toast('Request submitted', entitlement?.name ?? 'Approvers see it now.');
            void navigate({ to: '/requests/$id', params: { id } });
          }}
        />
      )}
    </Page>
  );
}
