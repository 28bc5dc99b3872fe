import { useMutation, useQuery } from '@tanstack/react-query';
import { download, ofOrganization } from '#/api/client';
import { canHash, leafHashOf, merkleRoot } from '#/api/hashing';
import { asJson } from '#/api/canonical';
import { listQuery, oneQuery } from '#/api/lists';
import type { EvidencePackage, EvidenceSummary } from '#/api/types';
import { useOrganizationId } from '#/features/identity';

export function useEvidencePackages(cursor: string | null) {
  return useQuery(listQuery<EvidenceSummary>(useOrganizationId(), 'evidence-packages', { cursor }));
}

export function useEvidencePackage(id: string) {
  return useQuery({
    ...oneQuery<EvidencePackage>(useOrganizationId(), 'evidence-packages', id),
    staleTime: Infinity,
  });
}

/** The package's file, byte for byte as it was sealed. */
export function useDownload(id: string) {
  const organizationId = useOrganizationId();
  return useMutation({
    mutationFn: () =>
      download(ofOrganization(organizationId, `/evidence-packages/${id}/export`), `evidence-${id}.json`),
  });
}

export interface Recomputed {
  /** Record id to the hash computed here. */
  hashes: Record<string, string>;
  root: string;
}

/** Hashes every record and the tree over them again, from what is on the screen. */
export function useRecomputed(evidence: EvidencePackage) {
  return useQuery({
    queryKey: ['recomputed', evidence.id],
    queryFn: async (): Promise<Recomputed> => {
      const hashes = await Promise.all(
        evidence.records.map(
          async ({ hash: _, ...record }) => [record.id, await leafHashOf(asJson(record))] as const,
        ),
      );
      return { hashes: Object.fromEntries(hashes), root: await merkleRoot(hashes.map(([, hash]) => hash)) };
    },
    enabled: canHash(),
    staleTime: Infinity,
  });
}
