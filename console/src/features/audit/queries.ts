import { useQuery } from '@tanstack/react-query';
import { asJson } from '#/api/canonical';
import { answerOf, api } from '#/api/client';
import { canHash, checkpointBody, leafHashOf, rootOfInclusion } from '#/api/hashing';
import { allOf, type FilterOf, listQuery } from '#/api/lists';
import type { AuditEventDetail } from '#/api/types';
import { useOrganizationId } from '#/features/identity';

export type AuditFilter = Pick<FilterOf<'audit-events'>, 'action' | 'outcome'>;

export function useAuditEvents(filter: AuditFilter, cursor?: string) {
  return useQuery(listQuery(useOrganizationId(), 'audit-events', { ...filter, cursor }));
}

export function useAuditEvent(sequence: number) {
  const organizationId = useOrganizationId();
  return useQuery({
    queryKey: [...allOf(organizationId, 'audit-events'), 'one', sequence],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/organizations/{organizationId}/audit-events/{sequence}', {
          params: { path: { organizationId, sequence } },
          signal,
        }),
      ),
  });
}

export function useAuditHead() {
  const organizationId = useOrganizationId();
  return useQuery({
    queryKey: ['audit-head', organizationId],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/organizations/{organizationId}/audit-head', {
          params: { path: { organizationId } },
          signal,
        }),
      ),
    refetchInterval: 10_000,
  });
}

/** What deviates, the newest first. Looked at again now and then: nobody reloads a page to hear of it. */
export function useFindings() {
  return useQuery({ ...listQuery(useOrganizationId(), 'findings', {}), refetchInterval: 30_000 });
}

export type Inclusion =
  { state: 'included'; size: number } | { state: 'other-leaf'; computed: string } | { state: 'not-included' };

/** Checks here that the event has its leaf hash, and that the proof leads from it to the checkpoint's root. */
export function useInclusion(detail: AuditEventDetail) {
  return useQuery({
    queryKey: ['inclusion', detail.sequence, detail.leafHash, detail.checkpoint],
    queryFn: async (): Promise<Inclusion> => {
      const computed = await leafHashOf(asJson(detail.event));
      if (computed !== detail.leafHash) return { state: 'other-leaf', computed };
      const tree = checkpointBody(detail.checkpoint);
      if (tree?.size !== detail.treeSize) return { state: 'not-included' };
      const root = await rootOfInclusion(computed, detail.sequence, detail.treeSize, detail.inclusionProof);
      return root === tree.root ? { state: 'included', size: tree.size } : { state: 'not-included' };
    },
    enabled: canHash(),
    staleTime: Infinity,
  });
}
