import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { asJson } from '#/api/canonical';
import { answerOf, api, save } from '#/api/client';
import { canHash, checkpointBody, leafHashOf, rootOfInclusion } from '#/api/hashing';
import { allOf, type FilterOf, listQuery } from '#/api/lists';
import { type LogKeys, logKeysOf, type Signer, signerOf } from '#/api/logKeys';
import type { AuditEventDetail, NewRotation } from '#/api/types';
import { useOrganizationId } from '#/features/identity';
import { exactTime } from '#/ui/time';
import { SYSTEM_ACTORS } from '#/auditWords';
import { plainWords, type Words } from './filter';

const MOST = 200;

export type AuditFilter = Omit<FilterOf<'audit-events'>, 'limit' | 'cursor'>;

export function useAuditEvents(filter: AuditFilter, cursor?: string) {
  return useQuery(listQuery(useOrganizationId(), 'audit-events', { ...filter, cursor }));
}

/** As many of them as one page can hold. */
export function useMostAuditEvents(filter: AuditFilter) {
  return useQuery(listQuery(useOrganizationId(), 'audit-events', { ...filter, limit: MOST }));
}

/** Somebody whose events can be looked for. */
export interface Actor {
  value: string;
  label: string;
}

/** The members, as many as one page can hold, and the parts of the server that act by themselves. */
export function useActors(): Actor[] {
  const members = useQuery(listQuery(useOrganizationId(), 'members', { limit: MOST }));
  return [
    ...(members.data?.items ?? []).map(({ memberId, displayName }) => ({
      value: `member:${memberId}`,
      label: displayName,
    })),
    ...SYSTEM_ACTORS.map((name) => ({ value: `system:${name}`, label: `${name} (the server)` })),
  ];
}

/** How the values of filters read, with the names of people. */
export function useFilterWords(): Words {
  const actors = useActors();
  return (key, value) => {
    if (key === 'actor') return actors.find((actor) => actor.value === value)?.label ?? value;
    return key === 'from' || key === 'to' ? exactTime(value) : plainWords(key, value);
  };
}

/** What the filters find, as a file with proofs; answers with its name. */
export function useExport() {
  const organizationId = useOrganizationId();
  return useMutation({
    mutationFn: (filter: AuditFilter) =>
      save(
        api.GET('/api/v1/organizations/{organizationId}/audit-events/export', {
          params: { path: { organizationId }, query: filter },
          parseAs: 'blob',
        }),
        'audit.jsonl',
      ),
  });
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

const LOG_KEYS = 'log-keys';

/** The log's keys, the present one first. */
export function useLogKeys() {
  const organizationId = useOrganizationId();
  return useQuery({
    queryKey: [LOG_KEYS, organizationId],
    queryFn: async ({ signal }): Promise<LogKeys> => {
      const manifest = await answerOf(
        api.GET('/log/{organizationId}/keys', { params: { path: { organizationId } }, signal }),
      );
      const keys = logKeysOf(asJson(manifest));
      if (keys === null) throw new TypeError('This is no key manifest');
      return keys;
    },
  });
}

export function useRotateLogKey() {
  const organizationId = useOrganizationId();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewRotation) =>
      answerOf(
        api.POST('/api/v1/organizations/{organizationId}/log-key-rotations', {
          params: { path: { organizationId } },
          body,
        }),
      ),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: [LOG_KEYS, organizationId] }),
        client.invalidateQueries({ queryKey: allOf(organizationId, 'audit-events') }),
      ]),
  });
}

export type Inclusion =
  | { state: 'included'; size: number; signer: Signer | null }
  | { state: 'other-leaf'; computed: string }
  | { state: 'not-included' };

/**
 * Checks here that the event has its leaf hash, that the proof leads from it to the checkpoint's root, and that one of the
 * log's keys has signed that; the last only if the keys are there.
 */
export function useInclusion(detail: AuditEventDetail, keys: ReturnType<typeof useLogKeys> | null) {
  return useQuery({
    queryKey: ['inclusion', detail.sequence, detail.leafHash, detail.checkpoint, keys?.data?.version],
    queryFn: async (): Promise<Inclusion> => {
      const computed = await leafHashOf(asJson(detail.event));
      if (computed !== detail.leafHash) return { state: 'other-leaf', computed };
      const tree = checkpointBody(detail.checkpoint);
      if (tree?.size !== detail.treeSize) return { state: 'not-included' };
      const root = await rootOfInclusion(computed, detail.sequence, detail.treeSize, detail.inclusionProof);
      if (root !== tree.root) return { state: 'not-included' };
      const signer = keys?.data === undefined ? null : await signerOf(detail.checkpoint, keys.data.keys);
      if (keys === null || signer?.state !== 'unsigned')
        return { state: 'included', size: tree.size, signer };
      // Somebody may have replaced the key since the keys were read.
      const newest = (await keys.refetch()).data?.keys ?? [];
      return { state: 'included', size: tree.size, signer: await signerOf(detail.checkpoint, newest) };
    },
    enabled: canHash() && keys?.isPending !== true,
    staleTime: Infinity,
  });
}
