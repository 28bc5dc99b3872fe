import { useMutation, useQuery } from '@tanstack/react-query';
import { createContext, use } from 'react';
import { answerOf, api, save } from '#/api/client';
import type { ExportFormat } from '#/api/types';

/** What the holder of a link has: the token, in memory and for as long as the page is open. */
export const TokenContext = createContext('');

/** Whoever comes by a link is nobody here: no session goes along, even if there is one. */
function useHolder() {
  const headers = { Authorization: `Bearer ${use(TokenContext)}` };
  return { headers, credentials: 'omit' } as const;
}

// Not by the token, which has no place in a cache of the page.
const KEY = 'shared';

export function useShared() {
  const holder = useHolder();
  return useQuery({
    queryKey: [KEY],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/share', { ...holder, signal })),
    retry: false,
  });
}

export function useSharedPackage() {
  const holder = useHolder();
  return useQuery({
    queryKey: [KEY, 'package'],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/share/evidence-package', { ...holder, signal })),
  });
}

export function useSharedEvents(cursor?: string) {
  const holder = useHolder();
  return useQuery({
    queryKey: [KEY, 'events', cursor],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/share/audit-events', {
          ...holder,
          params: { query: { limit: 25, ...(cursor === undefined ? {} : { cursor }) } },
          signal,
        }),
      ),
  });
}

export function useSharedEvent(sequence: number) {
  const holder = useHolder();
  return useQuery({
    queryKey: [KEY, 'event', sequence],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/share/audit-events/{sequence}', {
          ...holder,
          params: { path: { sequence } },
          signal,
        }),
      ),
  });
}

/** The package in a format; answers with the file's name. */
export function useSharedDownload() {
  const holder = useHolder();
  return useMutation({
    mutationFn: (format: ExportFormat) =>
      save(
        api.GET('/api/v1/share/evidence-package/export', {
          ...holder,
          params: { query: { format } },
          parseAs: 'blob',
        }),
        'evidence.json',
      ),
  });
}

/** The events as a file with proofs. */
export function useSharedExport() {
  const holder = useHolder();
  return useMutation({
    mutationFn: () =>
      save(api.GET('/api/v1/share/audit-events/export', { ...holder, parseAs: 'blob' }), 'audit.jsonl'),
  });
}
