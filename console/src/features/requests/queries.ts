import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ofOrganization, post } from '#/api/client';
import { allOf, listQuery, oneQuery } from '#/api/lists';
import type { AccessRequest, NewRequest } from '#/api/types';
import { useOrganizationId } from '#/features/identity';
import { isLive } from './states';

const LIVE = 1_000;

export interface RequestFilter {
  mine?: boolean | undefined;
  state?: string | undefined;
}

export function useRequests(filter: RequestFilter, cursor: string | null) {
  return useQuery(listQuery<AccessRequest>(useOrganizationId(), 'requests', { ...filter, cursor }));
}

/** A request, looked at again every second while something can still happen to it. */
export function useRequest(id: string) {
  return useQuery({
    ...oneQuery<AccessRequest>(useOrganizationId(), 'requests', id),
    refetchInterval: ({ state: { data, error } }) =>
      error === null && data !== undefined && isLive(data) ? LIVE : false,
  });
}

export function useSubmitRequest() {
  const organizationId = useOrganizationId();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: NewRequest) =>
      post<AccessRequest>(ofOrganization(organizationId, '/requests'), request),
    onSuccess: () => client.invalidateQueries({ queryKey: allOf(organizationId, 'requests') }),
  });
}

export function useCancelRequest(id: string) {
  const organizationId = useOrganizationId();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => post(ofOrganization(organizationId, `/requests/${id}/cancellations`), {}),
    onSettled: () =>
      Promise.all(
        ['requests', 'workflows', 'approvals'].map((noun) =>
          client.invalidateQueries({ queryKey: allOf(organizationId, noun) }),
        ),
      ),
  });
}
