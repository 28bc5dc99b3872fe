import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '#/api/client';
import { allOf, listQuery, oneQuery } from '#/api/lists';
import type { WorkflowState, WorkflowSummary } from '#/api/types';
import { useOrganizationId } from '#/features/identity';
import { isOver, sentenceOf } from './states';

const LIVE = 1_000;

export function useWorkflows(state: WorkflowState | undefined, cursor?: string) {
  return useQuery(listQuery(useOrganizationId(), 'workflows', { state, cursor }));
}

const NEWEST_REQUESTS = 200;

/** What the newest requests ask for, by workflow id: the list of workflows itself does not say it. */
export function useSubjects(): Map<string, string> {
  const requests = useQuery(listQuery(useOrganizationId(), 'requests', { limit: NEWEST_REQUESTS }));
  return new Map(
    requests.data?.items.map(({ workflowId, operation, entitlement, account }) => [
      workflowId,
      sentenceOf(operation, entitlement?.name ?? null, account.displayName),
    ]),
  );
}

/** A workflow, looked at again every second until it is over. */
export function useWorkflow(id: string | null | undefined) {
  const organizationId = useOrganizationId();
  return useQuery({
    ...oneQuery(organizationId, 'workflows', id ?? ''),
    enabled: id !== null && id !== undefined,
    refetchInterval: ({ state: { data, error } }) =>
      error !== null || (data !== undefined && isOver(data.state)) ? false : LIVE,
  });
}

export function useRetry(id: string) {
  const organizationId = useOrganizationId();
  return useWorkflowChange(() =>
    answerOf(
      api.POST('/api/v1/organizations/{organizationId}/workflows/{id}/retries', {
        params: { path: { organizationId, id } },
      }),
    ),
  );
}

export function useCancelWorkflow(id: string) {
  const organizationId = useOrganizationId();
  return useWorkflowChange(() =>
    answerOf(
      api.POST('/api/v1/organizations/{organizationId}/workflows/{id}/cancellations', {
        params: { path: { organizationId, id } },
      }),
    ),
  );
}

function useWorkflowChange(change: () => Promise<WorkflowSummary>) {
  const organizationId = useOrganizationId();
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => client.invalidateQueries({ queryKey: allOf(organizationId, 'workflows') }),
  });
}
