import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '#/api/client';
import { allOf, type FilterOf, listQuery, oneQuery } from '#/api/lists';
import type { NewRequest } from '#/api/types';
import { useOrganizationId } from '#/features/identity';
import { isLive } from './states';

const LIVE = 1_000;

export type RequestFilter = Pick<FilterOf<'requests'>, 'mine' | 'state'>;

export function useRequests(filter: RequestFilter, cursor?: string) {
  return useQuery(listQuery(useOrganizationId(), 'requests', { ...filter, cursor }));
}

/** A request, looked at again every second while something can still happen to it. */
export function useRequest(id: string) {
  return useQuery({
    ...oneQuery(useOrganizationId(), 'requests', id),
    refetchInterval: ({ state: { data, error } }) =>
      error === null && data !== undefined && isLive(data) ? LIVE : false,
  });
}

export function useSubmitRequest() {
  const organizationId = useOrganizationId();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: NewRequest) =>
      answerOf(
        api.POST('/api/v1/organizations/{organizationId}/requests', {
          params: { path: { organizationId } },
          body: request,
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: allOf(organizationId, 'requests') }),
  });
}

export function useCancelRequest(id: string) {
  const organizationId = useOrganizationId();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/api/v1/organizations/{organizationId}/requests/{id}/cancellations', {
          params: { path: { organizationId, id } },
          body: {},
        }),
      ),
    onSettled: () =>
      Promise.all(
        ['requests', 'workflows', 'approvals'].map((noun) =>
          client.invalidateQueries({ queryKey: allOf(organizationId, noun) }),
        ),
      ),
  });
}
