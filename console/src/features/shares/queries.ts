import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '#/api/client';
import { allOf, listQuery, oneQuery } from '#/api/lists';
import type { NewEventShare, NewPackageShare } from '#/api/types';
import { useOrganizationId } from '#/features/identity';

/** What a link is to share: a package, or what filters of the log find. */
export type Shareable =
  { kind: 'package'; packageId: string } | { kind: 'events'; filter: NewEventShare['filter'] };

export function useShares(cursor?: string) {
  return useQuery(listQuery(useOrganizationId(), 'shares', { cursor }));
}

export function useShare(id: string) {
  return useQuery(oneQuery(useOrganizationId(), 'shares', id));
}

/** Makes a link. Its token is in the answer and nowhere else, so the answer is kept by nobody but the dialog. */
export function useMakeShare(what: Shareable) {
  const organizationId = useOrganizationId();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (conditions: NewPackageShare) =>
      what.kind === 'package'
        ? answerOf(
            api.POST('/api/v1/organizations/{organizationId}/evidence-packages/{id}/shares', {
              params: { path: { organizationId, id: what.packageId } },
              body: conditions,
            }),
          )
        : answerOf(
            api.POST('/api/v1/organizations/{organizationId}/audit-events/shares', {
              params: { path: { organizationId } },
              body: { ...conditions, filter: what.filter },
            }),
          ),
    gcTime: 0,
    onSettled: () => {
      void client.invalidateQueries({ queryKey: allOf(organizationId, 'shares') });
    },
  });
}

export function useRevokeShare(id: string) {
  const organizationId = useOrganizationId();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/api/v1/organizations/{organizationId}/shares/{id}/revocations', {
          params: { path: { organizationId, id } },
          body: {},
        }),
      ),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: allOf(organizationId, 'shares') });
    },
  });
}
