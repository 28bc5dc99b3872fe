import { queryOptions, useMutation } from '@tanstack/react-query';
import { answerOf, api, rememberCsrfToken } from '#/api/client';
import { asProblem } from '#/api/problem';
import { SESSION_KEY } from '#/api/queryClient';
import type { Me } from '#/api/types';

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: SESSION_KEY,
  queryFn: async ({ signal }): Promise<Me | null> => {
    try {
      const me = await answerOf(api.GET('/api/v1/me', { signal }));
      rememberCsrfToken(me.csrfToken ?? null);
      return me;
    } catch (error) {
      if (asProblem(error).status === 401) return null;
      throw error;
    }
  },
  staleTime: 60_000,
  gcTime: Infinity,
});

/** Ends the session here, then at the broker: the answer says where. */
export function useSignOut() {
  return useMutation({
    mutationFn: () => answerOf(api.POST('/logout')),
    onSuccess: ({ location }) => window.location.assign(location),
  });
}

export function signIn(returnTo: string): void {
  window.location.assign(`/login/start?returnTo=${encodeURIComponent(returnTo)}`);
}
