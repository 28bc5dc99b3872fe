import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '#/api/client';
import { allOf, listQuery, oneQuery } from '#/api/lists';
import type { ApprovalState, NewDecision } from '#/api/types';
import { useOrganizationId } from '#/features/identity';

const WHILE_OPEN = 3_000;
const QUEUE = 15_000;

export function useApprovals(state: ApprovalState | undefined, cursor?: string) {
  return useQuery({
    ...listQuery(useOrganizationId(), 'approvals', { state, cursor }),
    refetchInterval: QUEUE,
  });
}

/** An approval; while it is open, decisions of others appear by themselves. */
export function useApproval(id: string | null | undefined) {
  return useQuery({
    ...oneQuery(useOrganizationId(), 'approvals', id ?? ''),
    enabled: id !== null && id !== undefined,
    refetchInterval: ({ state: { data, error } }) =>
      error === null && data?.state === 'open' ? WHILE_OPEN : false,
  });
}

/** Decides on the plan that was on the screen, by its hash: another plan refuses the decision. */
export function useDecide(id: string) {
  const organizationId = useOrganizationId();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (decision: NewDecision) =>
      answerOf(
        api.POST('/api/v1/organizations/{organizationId}/approvals/{id}/decisions', {
          params: { path: { organizationId, id } },
          body: decision,
        }),
      ),
    onSettled: () =>
      Promise.all(
        ['approvals', 'requests', 'workflows'].map((noun) =>
          client.invalidateQueries({ queryKey: allOf(organizationId, noun) }),
        ),
      ),
  });
}
