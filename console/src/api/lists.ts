import { keepPreviousData, queryOptions, type QueryKey } from '@tanstack/react-query';
import { answerOf, api } from './client';
import type { paths } from './schema.gen';

/** Rows of one page where a list is a page of its own. */
export const PAGE_SIZE = 25;

const ORGANIZATION = '/api/v1/organizations/{organizationId}';

type Below<Noun extends string> = `${typeof ORGANIZATION}/${Noun}`;
type Got<Path> = Path extends keyof paths
  ? paths[Path] extends { get: { responses: { 200: { content: { 'application/json': infer T } } } } }
    ? T
    : never
  : never;
type QueryOf<Path> = Path extends keyof paths
  ? paths[Path] extends { get: { parameters: { query?: infer Q } } }
    ? NonNullable<Q>
    : never
  : never;

type ListNoun =
  | 'accounts'
  | 'agents'
  | 'approvals'
  | 'assignments'
  | 'audit-events'
  | 'connectors'
  | 'domains'
  | 'entitlements'
  | 'evidence-packages'
  | 'findings'
  | 'invites'
  | 'identity-providers'
  | 'members'
  | 'requests'
  | 'shares'
  | 'workflows';
type OneNoun =
  | 'agents'
  | 'approvals'
  | 'connectors'
  | 'entitlements'
  | 'evidence-packages'
  | 'requests'
  | 'shares'
  | 'workflows';

/** How the server filters and pages a list. */
export type FilterOf<Noun extends ListNoun> = QueryOf<Below<Noun>>;

/** The client types a path that is written out; here the noun is what the caller varies. */
const get = api.GET as <T>(
  path: string,
  init: { params: { path: Record<string, string>; query?: object }; signal: AbortSignal },
) => Promise<{ data?: T }>;

/** One page of a list of the organization, filtered by the server. */
export function listQuery<Noun extends ListNoun>(organizationId: string, noun: Noun, filter: FilterOf<Noun>) {
  return queryOptions({
    queryKey: [noun, organizationId, 'list', filter],
    queryFn: ({ signal }) =>
      answerOf(
        get<Got<Below<Noun>>>(`${ORGANIZATION}/${noun}`, {
          params: { path: { organizationId }, query: { limit: PAGE_SIZE, ...filter } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
}

/** One thing of the organization. */
export function oneQuery<Noun extends OneNoun>(organizationId: string, noun: Noun, id: string) {
  return queryOptions({
    queryKey: [noun, organizationId, 'one', id],
    queryFn: ({ signal }) =>
      answerOf(
        get<Got<Below<`${Noun}/{id}`>>>(`${ORGANIZATION}/${noun}/{id}`, {
          params: { path: { organizationId, id } },
          signal,
        }),
      ),
  });
}

/** Everything known of a noun, for invalidating it. */
export function allOf(organizationId: string, noun: string): QueryKey {
  return [noun, organizationId];
}
