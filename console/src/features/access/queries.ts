import { useQuery } from '@tanstack/react-query';
import { listQuery, oneQuery } from '#/api/lists';
import type { Account, Assignment, ConnectorSummary, Entitlement } from '#/api/types';
import { useOrganizationId } from '#/features/identity';

const MOST_ACCOUNTS = 200;

export interface CatalogueFilter {
  query?: string | undefined;
  connectorId?: string | undefined;
  risk?: string | undefined;
}

export function useCatalogue(filter: CatalogueFilter, cursor: string | null) {
  const organizationId = useOrganizationId();
  return useQuery(listQuery<Entitlement>(organizationId, 'entitlements', { ...filter, cursor }));
}

export function useEntitlement(id: string) {
  return useQuery(oneQuery<Entitlement>(useOrganizationId(), 'entitlements', id));
}

/** The caller's own accounts in one governed system. */
export function useMyAccounts(connectorId: string | undefined) {
  const organizationId = useOrganizationId();
  return useQuery({
    ...listQuery<Account>(organizationId, 'accounts', { mine: true, connectorId }),
    enabled: connectorId !== undefined,
  });
}

/** The governed systems in which the caller has an account: where something can be requested. */
export function useMySystems(): { value: string; label: string }[] {
  const accounts = useQuery(
    listQuery<Account>(useOrganizationId(), 'accounts', { mine: true, limit: MOST_ACCOUNTS }),
  );
  const names = new Map(
    accounts.data?.items.map(({ connectorId, connectorName }) => [connectorId, connectorName]),
  );
  return [...names].map(([value, label]) => ({ value, label }));
}

/** How the books of each connector compare, by connector id. */
export function useConnectorSummaries() {
  const organizationId = useOrganizationId();
  return useQuery({
    ...listQuery<ConnectorSummary>(organizationId, 'connector-summaries'),
    select: ({ items }) => new Map(items.map((summary) => [summary.connectorId, summary])),
  });
}

export type Book = 'approved' | 'observed' | 'drift';

export function useAssignments(book: Book, connectorId: string | undefined, cursor: string | null) {
  const organizationId = useOrganizationId();
  return useQuery(listQuery<Assignment>(organizationId, 'assignments', { book, connectorId, cursor }));
}
