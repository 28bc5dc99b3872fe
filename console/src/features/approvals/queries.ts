import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ofOrganization, post } from '#/api/client';
import { allOf, listQuery, oneQuery } from '#/api/lists';
import type { Approval, Verdict } from '#/api/types';
import { useOrganizationId } from '#/features/identity';

const WHILE_OPEN = 3_000;
const QUEUE = 15_000;

export function useApprovals(state: string | undefined, cursor: string | null) {
  return useQuery({
    ...listQuery<Approval>(useOrganizationId(), 'approvals', { state, cursor }),
    refetchInterval: QUEUE,
  });
}

/** An approval; while it is open, decisions of others appear by themselves. */
export function useApproval(id: string | null | undefined) {
  return useQuery({
    ...oneQuery<Approval>(useOrganizationId(), 'approvals', id ?? ''),
    enabled: id !== null && id !== undefined,
    refetchInterval: ({ state: { data, error } }) =>
      error === null && data?.state === 'open' ? WHILE_OPEN : false,
  });
}

export interface NewDecision {
  verdict: Verdict;
  reason: string;
  /** The hash of the plan that was on the screen. Another plan refuses the decision. */
  planHash: string;
}

export function useDecide(id: string) {
  const organizationId = useOrganizationId();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (decision: NewDecision) =>
      post<Approval>(ofOrganization(organizationId, `/approvals/${id}/decisions`), decision),
    onSettled: () =>
      Promise.all(
        ['approvals', 'requests', 'workflows'].map((noun) =>
          client.invalidateQueries({ queryKey: allOf(organizationId, noun) }),
        ),
      ),
  });
}
