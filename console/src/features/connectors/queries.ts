import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '#/api/client';
import { allOf, listQuery, oneQuery } from '#/api/lists';
import { useMay, useOrganizationId } from '#/features/identity';

const WHILE_RUNNING = 1_000;
const MOST = 200;
const NEWEST = 10;

/** All connectors: an organization has few. Nothing is asked when the role may not read them. */
export function useConnectors() {
  const may = useMay();
  return useQuery({
    ...listQuery(useOrganizationId(), 'connectors', { limit: MOST }),
    enabled: may('connectors:read'),
  });
}

export function useConnector(id: string) {
  return useQuery(oneQuery(useOrganizationId(), 'connectors', id));
}

/** The observations of a connector, newest first; looked at every second while one is running. */
export function useObservations(connectorId: string) {
  const organizationId = useOrganizationId();
  return useQuery({
    queryKey: [...allOf(organizationId, 'connectors'), connectorId, 'observations'],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/organizations/{organizationId}/connectors/{id}/observations', {
          params: { path: { organizationId, id: connectorId }, query: { limit: NEWEST } },
          signal,
        }),
      ),
    refetchInterval: ({ state: { data } }) =>
      data?.items.some(({ state }) => state === 'running') === true ? WHILE_RUNNING : false,
  });
}

export function useObserve(connectorId: string) {
  const organizationId = useOrganizationId();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/api/v1/organizations/{organizationId}/connectors/{id}/observations', {
          params: { path: { organizationId, id: connectorId } },
          body: {},
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: allOf(organizationId, 'connectors') }),
  });
}
