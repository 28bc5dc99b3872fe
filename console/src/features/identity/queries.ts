import { queryOptions, useMutation } from '@tanstack/react-query';
import { get, post, rememberCsrfToken } from '#/api/client';
import { asProblem } from '#/api/problem';
import { SESSION_KEY } from '#/api/queryClient';
import type { Me } from '#/api/types';

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: SESSION_KEY,
  queryFn: async ({ signal }): Promise<Me | null> => {
    try {
      const me = await get<Me>('/api/v1/me', {}, signal);
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
    mutationFn: () => post<{ location?: string } | undefined>('/logout', {}),
    onSuccess: (answer) => window.location.assign(answer?.location ?? '/'),
  });
}

export function signIn(returnTo: string): void {
  window.location.assign(`/login/start?returnTo=${encodeURIComponent(returnTo)}`);
}
