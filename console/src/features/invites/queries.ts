import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '#/api/client';
import { allOf, listQuery } from '#/api/lists';
import type { NewInvite } from '#/api/types';
import { useOrganizationId } from '#/features/identity';

export function useInvites(cursor?: string) {
  return useQuery(
    listQuery(useOrganizationId(), 'invites', { limit: 25, ...(cursor === undefined ? {} : { cursor }) }),
  );
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
      void client.invalidateQueries({ queryKey: allOf(organizationId, 'invites') });
    },
  });
}

export function useInvite() {
  return useChange((organizationId, wanted: NewInvite) =>
    answerOf(
      api.POST('/api/v1/organizations/{organizationId}/invites', {
        params: { path: { organizationId } },
        body: wanted,
      }),
    ),
  );
}

/** Another mail; the link of the one before opens nothing from then on. */
export function useResend() {
  return useChange((organizationId, id: string) =>
    answerOf(
      api.POST('/api/v1/organizations/{organizationId}/invites/{id}/mailings', {
        params: { path: { organizationId, id } },
        body: {},
      }),
    ),
  );
}

export function useRevoke() {
  return useChange((organizationId, id: string) =>
    answerOf(
      api.POST('/api/v1/organizations/{organizationId}/invites/{id}/revocations', {
        params: { path: { organizationId, id } },
        body: {},
      }),
    ),
  );
}
