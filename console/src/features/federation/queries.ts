import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api, ifMatch } from '#/api/client';
import { allOf, listQuery } from '#/api/lists';
import type { IdentityProvider } from '#/api/types';
import { useOrganizationId } from '#/features/identity';
import { bodyOf, type Draft, draftOf } from './draft';

/** As many as an organization may have. */
const MOST_PROVIDERS = 10;

export function useProviders() {
  return useQuery(listQuery(useOrganizationId(), 'identity-providers', { limit: MOST_PROVIDERS }));
}

/** Whatever came of it, the list is looked at again. */
function useChange<Argument, Answer>(
  change: (organizationId: string, argument: Argument) => Promise<Answer>,
) {
  const organizationId = useOrganizationId();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (argument: Argument) => change(organizationId, argument),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: allOf(organizationId, 'identity-providers') });
    },
  });
}

/** As a draft: nobody comes in by it. */
export function useAddProvider() {
  return useChange((organizationId, draft: Draft) =>
    answerOf(
      api.POST('/api/v1/organizations/{organizationId}/identity-providers', {
        params: { path: { organizationId } },
        body: bodyOf(draft, 'draft'),
      }),
    ),
  );
}

interface Changed {
  provider: IdentityProvider;
  draft?: Draft;
  state?: IdentityProvider['state'];
}

/** What is not said stays. */
export function useChangeProvider() {
  return useChange((organizationId, { provider, draft, state }: Changed) =>
    answerOf(
      api.PUT('/api/v1/organizations/{organizationId}/identity-providers/{id}', {
        params: {
          path: { organizationId, id: provider.id },
          header: ifMatch(provider.version),
        },
        body: bodyOf(draft ?? draftOf(provider), state ?? provider.state),
      }),
    ),
  );
}

/** Has the server look at the provider, now. Nothing changes. */
export function useCheckProvider() {
  return useChange((organizationId, id: string) =>
    answerOf(
      api.POST('/api/v1/organizations/{organizationId}/identity-providers/{id}/checks', {
        params: { path: { organizationId, id } },
        body: {},
      }),
    ),
  );
}

export function useRemoveProvider() {
  return useChange((organizationId, id: string) =>
    answerOf(
      api.POST('/api/v1/organizations/{organizationId}/identity-providers/{id}/removals', {
        params: { path: { organizationId, id } },
        body: {},
      }),
    ),
  );
}
