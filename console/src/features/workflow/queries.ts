import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ofOrganization, post } from '#/api/client';
import { allOf, listQuery, oneQuery } from '#/api/lists';
import type { AccessRequest, Workflow } from '#/api/types';
import { useOrganizationId } from '#/features/identity';
import { isOver, sentenceOf } from './states';

const LIVE = 1_000;

export function useWorkflows(state: string | undefined, cursor: string | null) {
  return useQuery(listQuery<Workflow>(useOrganizationId(), 'workflows', { state, cursor }));
}

const NEWEST_REQUESTS = 200;

/** What the newest requests ask for, by workflow id: the list of workflows itself does not say it. */
export function useSubjects(): Map<string, string> {
  const requests = useQuery(
    listQuery<AccessRequest>(useOrganizationId(), 'requests', { limit: NEWEST_REQUESTS }),
  );
  return new Map(
    requests.data?.items.map(({ workflowId, operation, entitlement, account }) => [
      workflowId ?? '',
      sentenceOf(operation, entitlement?.name ?? null, account.displayName),
    ]),
  );
}

/** A workflow, looked at again every second until it is over. */
export function useWorkflow(id: string | null | undefined) {
  const organizationId = useOrganizationId();
  return useQuery({
    ...oneQuery<Workflow>(organizationId, 'workflows', id ?? ''),
    enabled: id !== null && id !== undefined,
    refetchInterval: ({ state: { data, error } }) =>
      error !== null || (data !== undefined && isOver(data.state)) ? false : LIVE,
  });
}

export function useRetry(id: string) {
  return useWorkflowAction(id, 'retries');
}

export function useCancelWorkflow(id: string) {
  return useWorkflowAction(id, 'cancellations');
}

function useWorkflowAction(id: string, action: 'retries' | 'cancellations') {
  const organizationId = useOrganizationId();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => post(ofOrganization(organizationId, `/workflows/${id}/${action}`), {}),
    onSettled: () => client.invalidateQueries({ queryKey: allOf(organizationId, 'workflows') }),
  });
}
