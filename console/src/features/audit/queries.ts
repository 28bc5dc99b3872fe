import { useQuery } from '@tanstack/react-query';
import { get, ofOrganization } from '#/api/client';
import { asJson } from '#/api/canonical';
import { canHash, checkpointBody, leafHashOf, rootOfInclusion } from '#/api/hashing';
import { listQuery, oneQuery } from '#/api/lists';
import type { AuditEvent, AuditEventDetail, AuditHead } from '#/api/types';
import { useOrganizationId } from '#/features/identity';

export interface AuditFilter {
  action?: string | undefined;
  outcome?: string | undefined;
}

export function useAuditEvents(filter: AuditFilter, cursor: string | null, limit?: number) {
  const paging = limit === undefined ? { cursor } : { cursor, limit };
  return useQuery(listQuery<AuditEvent>(useOrganizationId(), 'audit-events', { ...filter, ...paging }));
}

export function useAuditEvent(sequence: number) {
  return useQuery(oneQuery<AuditEventDetail>(useOrganizationId(), 'audit-events', sequence));
}

export function useAuditHead() {
  const organizationId = useOrganizationId();
  return useQuery({
    queryKey: ['audit-head', organizationId],
    queryFn: ({ signal }) => get<AuditHead>(ofOrganization(organizationId, '/audit-head'), {}, signal),
    refetchInterval: 10_000,
  });
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
