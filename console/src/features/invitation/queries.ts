import { useMutation, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '#/api/client';

/** Whoever was invited is nobody here yet: the token is all they have. */
const holder = (token: string) => ({ Authorization: `Bearer ${token}` });

export function useInvitation(token: string) {
  return useQuery({
    // Not by the token, which has no place in a cache of the page.
    queryKey: ['invitation'],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/invite', { headers: holder(token), credentials: 'omit', signal })),
    retry: false,
  });
}

/** Answers where to go on. The browser keeps a sealed cookie for that. */
export function useAccept(token: string) {
  return useMutation({
    mutationFn: () => answerOf(api.POST('/api/v1/invite/acceptances', { headers: holder(token) })),
  });
}
