import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '#/api/client';
import { allOf, type FilterOf, listQuery, oneQuery } from '#/api/lists';
import type { NewAgentAction } from '#/api/types';
import { useOrganizationId } from '#/features/identity';

/** Agents speak about once a minute. */
const LOOK_AGAIN = 30_000;
const MOST_MEMBERS = 200;

export type AgentFilter = Pick<FilterOf<'agents'>, 'query' | 'state' | 'health'>;

export function useAgents(filter: AgentFilter, cursor: string | undefined) {
  return useQuery({
    ...listQuery(useOrganizationId(), 'agents', { ...filter, cursor }),
    refetchInterval: LOOK_AGAIN,
  });
}

/** One agent with its packages, what it answered, and what it last saw. */
export function useAgent(id: string) {
  return useQuery({ ...oneQuery(useOrganizationId(), 'agents', id), refetchInterval: LOOK_AGAIN });
}

/** How members are called, as many as one page can hold. */
export function useMemberName(): (id: string) => string {
  const members = useQuery(listQuery(useOrganizationId(), 'members', { limit: MOST_MEMBERS }));
  return (id) => members.data?.items.find(({ memberId }) => memberId === id)?.displayName ?? id;
}

/** Whatever came of it, what is shown is looked at again. */
function useChange<Argument, Answer>(
  change: (organizationId: string, argument: Argument) => Promise<Answer>,
) {
  const organizationId = useOrganizationId();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (argument: Argument) => change(organizationId, argument),
    // An answer may have a token in it, so it is kept by nobody but who asked.
    gcTime: 0,
    onSettled: () => {
      void client.invalidateQueries({ queryKey: allOf(organizationId, 'agents') });
    },
  });
}

export function useAddAgent() {
  return useChange((organizationId, name: string) =>
    answerOf(
      api.POST('/api/v1/organizations/{organizationId}/agents', {
        params: { path: { organizationId } },
        body: { name },
      }),
    ),
  );
}

/** Draws an enrolment token. It is in the answer and nowhere else. */
export function useIssueEnrolment() {
  return useChange((organizationId, id: string) =>
    answerOf(
      api.POST('/api/v1/organizations/{organizationId}/agents/{id}/enrolment-tokens', {
        params: { path: { organizationId, id } },
        body: {},
      }),
    ),
  );
}

export function useRevokeEnrolment(id: string) {
  return useChange((organizationId, tokenId: string) =>
    answerOf(
      api.POST('/api/v1/organizations/{organizationId}/agents/{id}/enrolment-tokens/{tokenId}/revocations', {
        params: { path: { organizationId, id, tokenId } },
        body: {},
      }),
    ),
  );
}

export function useEndAgent(id: string) {
  return useChange((organizationId, lost: boolean) =>
    answerOf(
      api.POST('/api/v1/organizations/{organizationId}/agents/{id}/revocations', {
        params: { path: { organizationId, id } },
        body: { lost },
      }),
    ),
  );
}

export function useOrderAction(id: string) {
  return useChange((organizationId, body: NewAgentAction) =>
    answerOf(
      api.POST('/api/v1/organizations/{organizationId}/agents/{id}/actions', {
        params: { path: { organizationId, id } },
        body,
      }),
    ),
  );
}
