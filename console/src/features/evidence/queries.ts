import { useMutation, useQuery } from '@tanstack/react-query';
import { asJson } from '#/api/canonical';
import { api, save } from '#/api/client';
import { recordsOf } from '#/api/hashed';
import { canHash, leafHashOf, merkleRoot } from '#/api/hashing';
import { listQuery, oneQuery } from '#/api/lists';
import type { operations } from '#/api/schema.gen';
import type { EvidencePackage } from '#/api/types';
import { useOrganizationId } from '#/features/identity';

export function useEvidencePackages(cursor?: string) {
  return useQuery(listQuery(useOrganizationId(), 'evidence-packages', { cursor }));
}

export function useEvidencePackage(id: string) {
  return useQuery({
    ...oneQuery(useOrganizationId(), 'evidence-packages', id),
    staleTime: Infinity,
  });
}

export type ExportFormat = NonNullable<
  NonNullable<operations['exportEvidencePackage']['parameters']['query']>['format']
>;

/** The package's file, byte for byte as it was sealed, or what the server makes from it. */
export function useDownload(id: string) {
  const organizationId = useOrganizationId();
  return useMutation({
    mutationFn: (format: ExportFormat) =>
      save(
        api.GET('/api/v1/organizations/{organizationId}/evidence-packages/{id}/export', {
          params: { path: { organizationId, id }, query: format === 'json' ? {} : { format } },
          parseAs: 'blob',
        }),
        format === 'json' ? `evidence-${id}.json` : `evidence-${id}.${format}`,
      ),
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
        recordsOf(evidence).map(
          async ({ hash: _, ...record }) => [record.id, await leafHashOf(asJson(record))] as const,
        ),
      );
      return { hashes: Object.fromEntries(hashes), root: await merkleRoot(hashes.map(([, hash]) => hash)) };
    },
    enabled: canHash(),
    staleTime: Infinity,
  });
}
