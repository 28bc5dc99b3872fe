import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '#/api/client';
import { allOf, PAGE_SIZE } from '#/api/lists';
import { SESSION_KEY } from '#/api/queryClient';
import { useOrganizationId } from '#/features/identity';

/** In which browsers a member is signed in. */
export function useSessions(memberId: string, cursor?: string) {
  const organizationId = useOrganizationId();
  return useQuery({
    queryKey: [...allOf(organizationId, 'sessions'), memberId, cursor],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/organizations/{organizationId}/members/{memberId}/sessions', {
          params: {
            path: { organizationId, memberId },
            query: { limit: PAGE_SIZE, ...(cursor === undefined ? {} : { cursor }) },
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
}

/** Ended or not: what is open is looked at again, and whether oneself is still signed in. */
function useLookAgain() {
  const organizationId = useOrganizationId();
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: allOf(organizationId, 'sessions') });
    void client.invalidateQueries({ queryKey: SESSION_KEY });
  };
}

export function useEndSession(memberId: string) {
  const organizationId = useOrganizationId();
  return useMutation({
    mutationFn: (sessionId: string) =>
      answerOf(
        api.DELETE('/api/v1/organizations/{organizationId}/members/{memberId}/sessions/{sessionId}', {
          params: { path: { organizationId, memberId, sessionId } },
        }),
      ),
    onSettled: useLookAgain(),
  });
}

/** Signs a member out everywhere; where it is oneself, everywhere else. */
export function useSignOutMember(memberId: string) {
  const organizationId = useOrganizationId();
  return useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/api/v1/organizations/{organizationId}/members/{memberId}/sign-outs', {
          params: { path: { organizationId, memberId } },
          body: { keepCurrent: true },
        }),
      ),
    onSettled: useLookAgain(),
  });
}

function lockKey(organizationId: string, memberId: string) {
  return [...allOf(organizationId, 'locks'), memberId];
}

/** Whether wrong passwords keep a member out now. */
export function useLock(memberId: string) {
  const organizationId = useOrganizationId();
  return useQuery({
    queryKey: lockKey(organizationId, memberId),
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/organizations/{organizationId}/members/{memberId}/lock', {
          params: { path: { organizationId, memberId } },
          signal,
        }),
      ),
  });
}

export function useUnlock(memberId: string) {
  const organizationId = useOrganizationId();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/api/v1/organizations/{organizationId}/members/{memberId}/unlocks', {
          params: { path: { organizationId, memberId } },
          body: {},
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: lockKey(organizationId, memberId) }),
  });
}

/** With what oneself signs in; of the account, and so the same in every organization. */
const CREDENTIALS_KEY = ['credentials'];

export function useCredentials() {
  return useQuery({
    queryKey: CREDENTIALS_KEY,
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/me/credentials', { signal })),
  });
}

export function useRemoveCredential() {
  const client = useQueryClient();
  const lookAgain = useLookAgain();
  return useMutation({
    mutationFn: (credentialId: string) =>
      answerOf(api.POST('/api/v1/me/credentials/removals', { body: { credentialId } })),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: CREDENTIALS_KEY });
      lookAgain();
    },
  });
}
