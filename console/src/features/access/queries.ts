import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '#/api/client';
import { type FilterOf, listQuery, oneQuery } from '#/api/lists';
import { useOrganizationId } from '#/features/identity';

const MOST_ACCOUNTS = 200;

export type CatalogueFilter = Pick<FilterOf<'entitlements'>, 'query' | 'connectorId' | 'risk'>;

export function useCatalogue(filter: CatalogueFilter, cursor?: string) {
  const organizationId = useOrganizationId();
  return useQuery(listQuery(organizationId, 'entitlements', { ...filter, cursor }));
}

export function useEntitlement(id: string) {
  return useQuery(oneQuery(useOrganizationId(), 'entitlements', id));
}

/** The caller's own accounts in one governed system. */
export function useMyAccounts(connectorId: string | undefined) {
  const organizationId = useOrganizationId();
  return useQuery({
    ...listQuery(organizationId, 'accounts', { mine: true, connectorId }),
    enabled: connectorId !== undefined,
  });
}

/** The governed systems in which the caller has an account: where something can be requested. */
export function useMySystems(): { value: string; label: string }[] {
  const accounts = useQuery(listQuery(useOrganizationId(), 'accounts', { mine: true, limit: MOST_ACCOUNTS }));
  const names = new Map(
    accounts.data?.items.map(({ connectorId, connectorName }) => [connectorId, connectorName]),
  );
  return [...names].map(([value, label]) => ({ value, label }));
}

/** How the books of each connector compare, by connector id. */
export function useConnectorSummaries() {
  const organizationId = useOrganizationId();
  return useQuery({
    queryKey: ['connector-summaries', organizationId],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/organizations/{organizationId}/connector-summaries', {
          params: { path: { organizationId } },
          signal,
        }),
      ),
    select: ({ items }) => new Map(items.map((summary) => [summary.connectorId, summary])),
  });
}

/** Where the observed book of a connector differs from the approved one. */
export function useDrift(connectorId: string, cursor?: string) {
  const organizationId = useOrganizationId();
  return useQuery(listQuery(organizationId, 'assignments', { book: 'drift', connectorId, cursor }));
}
