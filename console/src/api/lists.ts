import { keepPreviousData, queryOptions, type QueryKey } from '@tanstack/react-query';
import { get, ofOrganization, type Query } from './client';
import type { Page } from './types';

/** Rows of one page where a list is a page of its own. */
export const PAGE_SIZE = 25;

/** One page of a list of the organization, filtered by the server. */
export function listQuery<T>(organizationId: string, noun: string, filter: Query = {}) {
  return queryOptions({
    queryKey: [noun, organizationId, 'list', filter],
    queryFn: ({ signal }) =>
      get<Page<T>>(ofOrganization(organizationId, `/${noun}`), { limit: PAGE_SIZE, ...filter }, signal),
    placeholderData: keepPreviousData,
  });
}

/** One thing of the organization. */
export function oneQuery<T>(organizationId: string, noun: string, id: string | number) {
  return queryOptions({
    queryKey: [noun, organizationId, 'one', String(id)],
    queryFn: ({ signal }) => get<T>(ofOrganization(organizationId, `/${noun}/${id}`), {}, signal),
  });
}

/** Everything known of a noun, for invalidating it. */
export function allOf(organizationId: string, noun: string): QueryKey {
  return [noun, organizationId];
}
