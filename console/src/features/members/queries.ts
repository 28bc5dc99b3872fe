import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api, ifMatch } from '#/api/client';
import { allOf, type FilterOf, listQuery } from '#/api/lists';
import { SESSION_KEY } from '#/api/queryClient';
import type { IdentityPolicy, Member, MemberPatch } from '#/api/types';
import { useMe, useOrganizationId } from '#/features/identity';

const MOST_MEMBERS = 200;

export type MemberFilter = Pick<FilterOf<'members'>, 'query' | 'role' | 'state'>;

export function useMembers(filter: MemberFilter, cursor?: string) {
  return useQuery(listQuery(useOrganizationId(), 'members', { ...filter, cursor }));
}

/** As many members as one page can hold. */
export function useMostMembers() {
  return useQuery(listQuery(useOrganizationId(), 'members', { limit: MOST_MEMBERS }));
}

/** A change of a member, to the version that was on the screen. */
export interface MemberChange {
  member: Member;
  patch: MemberPatch;
}

/** Changes role or state. Refused or not: what the list shows is looked at again, and one's own permissions too. */
export function useChangeMember() {
  const { memberId: own } = useMe();
  const organizationId = useOrganizationId();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ member: { memberId, version }, patch }: MemberChange) =>
      answerOf(
        api.PATCH('/api/v1/organizations/{organizationId}/members/{memberId}', {
          params: { path: { organizationId, memberId }, header: ifMatch(version) },
          body: patch,
        }),
      ),
    // Not waited for: the dialog is done when the server has answered.
    onSuccess: ({ memberId }) => {
      if (memberId === own) void client.invalidateQueries({ queryKey: SESSION_KEY });
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: allOf(organizationId, 'members') });
    },
  });
}

function policyKey(organizationId: string) {
  return allOf(organizationId, 'identity-policy');
}

export function useIdentityPolicy() {
  const organizationId = useOrganizationId();
  return useQuery({
    queryKey: policyKey(organizationId),
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/organizations/{organizationId}/identity-policy', {
          params: { path: { organizationId } },
          signal,
        }),
      ),
  });
}

/** Whom other rules would keep out, of those who are signed in now. Nothing changes by asking. */
export function useLockout(policy: IdentityPolicy) {
  const organizationId = useOrganizationId();
  const { version: _, ...body } = policy;
  return useQuery({
    queryKey: [...policyKey(organizationId), 'preview', body],
    queryFn: ({ signal }) =>
      answerOf(
        api.POST('/api/v1/organizations/{organizationId}/identity-policy/preview', {
          params: { path: { organizationId } },
          body,
          signal,
        }),
      ),
    staleTime: 0,
    gcTime: 0,
  });
}

/** Replaces the policy of the version that was edited. */
export function useChangeIdentityPolicy() {
  const organizationId = useOrganizationId();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ lockMeOut = false, version, ...policy }: IdentityPolicy & { lockMeOut?: boolean }) =>
      answerOf(
        api.PUT('/api/v1/organizations/{organizationId}/identity-policy', {
          params: {
            path: { organizationId },
            header: ifMatch(version),
            ...(lockMeOut ? { query: { lockMeOut } } : {}),
          },
          body: policy,
        }),
      ),
    onSuccess: (policy) => client.setQueryData(policyKey(organizationId), policy),
    onError: () => {
      void client.invalidateQueries({ queryKey: policyKey(organizationId) });
    },
  });
}
