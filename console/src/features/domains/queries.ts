import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '#/api/client';
import { allOf, listQuery } from '#/api/lists';
import { useOrganizationId } from '#/features/identity';

/** As many as an organization may have. */
const MOST_DOMAINS = 100;

export function useDomains() {
  return useQuery(listQuery(useOrganizationId(), 'domains', { limit: MOST_DOMAINS }));
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
      void client.invalidateQueries({ queryKey: allOf(organizationId, 'domains') });
    },
  });
}

export function useAddDomain() {
  return useChange((organizationId, domain: string) =>
    answerOf(
      api.POST('/api/v1/organizations/{organizationId}/domains', {
        params: { path: { organizationId } },
        body: { domain },
      }),
    ),
  );
}

/** Has name servers asked for the record, now. */
export function useCheckDomain() {
  return useChange((organizationId, id: string) =>
    answerOf(
      api.POST('/api/v1/organizations/{organizationId}/domains/{id}/checks', {
        params: { path: { organizationId, id } },
        body: {},
      }),
    ),
  );
}

export function useRemoveDomain() {
  return useChange((organizationId, id: string) =>
    answerOf(
      api.POST('/api/v1/organizations/{organizationId}/domains/{id}/removals', {
        params: { path: { organizationId, id } },
        body: {},
      }),
    ),
  );
}
