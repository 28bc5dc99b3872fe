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

/** Which packages: those sealed in a period, and of them those about one account or system. */
export interface Selection {
  from: string;
  to: string;
  account?: string;
  connectorId?: string;
}

/** They in one file, with what shows that none is missing; answers with its name. */
export function useCollection() {
  const organizationId = useOrganizationId();
  return useMutation({
    mutationFn: (query: Selection) =>
      save(
        api.GET('/api/v1/organizations/{organizationId}/evidence-collections', {
          params: { path: { organizationId }, query },
          parseAs: 'blob',
        }),
        'evidence.jsonl',
      ),
  });
}

const MOST = 200;

export interface Option {
  value: string;
  label: string;
}

/** The governed systems, as many as one page can hold. */
export function useSystems(): Option[] {
  const systems = useQuery(listQuery(useOrganizationId(), 'connectors', { limit: MOST }));
  return (systems.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
}

/** The accounts of one system, named as packages name them. */
export function useAccountsOf(connectorId: string | undefined): Option[] {
  const accounts = useQuery({
    ...listQuery(useOrganizationId(), 'accounts', { connectorId, limit: MOST }),
    enabled: connectorId !== undefined,
  });
  if (connectorId === undefined) return [];
  return (accounts.data?.items ?? []).map(({ nativeId, displayName }) => ({
    value: `${connectorId}/${nativeId}`,
    label: displayName,
  }));
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
