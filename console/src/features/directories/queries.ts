import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api, ifMatch } from '#/api/client';
import { allOf, listQuery } from '#/api/lists';
import type { Directory, DirectoryDetail, DirectoryState } from '#/api/types';
import { useOrganizationId } from '#/features/identity';
import { bodyOf, type Draft } from './draft';

const MOST_MEMBERS = 200;

const keyOf = (organizationId: string) => allOf(organizationId, 'directories');
const oneKeyOf = (organizationId: string, id: string) => [...keyOf(organizationId), 'one', id];

export function useDirectories() {
  const organizationId = useOrganizationId();
  return useQuery({
    queryKey: [...keyOf(organizationId), 'list'],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/organizations/{organizationId}/directories', {
          params: { path: { organizationId } },
          signal,
        }),
      ),
  });
}

/** One directory with its tokens, of which nothing is known that opens anything. */
export function useDirectory(id: string) {
  const organizationId = useOrganizationId();
  return useQuery({
    queryKey: oneKeyOf(organizationId, id),
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/organizations/{organizationId}/directories/{id}', {
          params: { path: { organizationId, id } },
          signal,
        }),
      ),
  });
}

/** How members are called, as many as one page can hold. */
export function useMemberName(): (id: string) => string {
  const members = useQuery(listQuery(useOrganizationId(), 'members', { limit: MOST_MEMBERS }));
  return (id) => members.data?.items.find(({ memberId }) => memberId === id)?.displayName ?? id;
}

/** Whatever came of it, what is shown is looked at again. */
function useChange<Argument, Answer>(
  change: (organizationId: string, argument: Argument) => Promise<Answer>,
) {
  const organizationId = useOrganizationId();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (argument: Argument) => change(organizationId, argument),
    // An answer may have a token in it, so it is kept by nobody but who asked.
    gcTime: 0,
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keyOf(organizationId) });
    },
  });
}

export function useAddDirectory() {
  return useChange((organizationId, draft: Draft) =>
    answerOf(
      api.POST('/api/v1/organizations/{organizationId}/directories', {
        params: { path: { organizationId } },
        body: bodyOf(draft, 'active'),
      }),
    ),
  );
}

interface Changed {
  /** As it was looked at. */
  seen: Directory;
  draft: Draft;
  state: DirectoryState;
}

export function useChangeDirectory() {
  const client = useQueryClient();
  return useChange(async (organizationId, { seen, draft, state }: Changed) => {
    const directory = await answerOf(
      api.PUT('/api/v1/organizations/{organizationId}/directories/{id}', {
        params: { path: { organizationId, id: seen.id }, header: ifMatch(seen.version) },
        body: bodyOf(draft, state),
      }),
    );
    // At once, so that the next change is one of this version.
    client.setQueryData<DirectoryDetail>(
      oneKeyOf(organizationId, directory.id),
      (detail) => detail && { ...detail, directory },
    );
    return directory;
  });
}

/** Draws a token. It is in the answer and nowhere else. */
export function useIssueToken(id: string) {
  return useChange((organizationId, overlapHours: number) =>
    answerOf(
      api.POST('/api/v1/organizations/{organizationId}/directories/{id}/tokens', {
        params: { path: { organizationId, id } },
        body: { overlapHours },
      }),
    ),
  );
}

export function useRevokeToken(id: string) {
  return useChange((organizationId, tokenId: string) =>
    answerOf(
      api.POST('/api/v1/organizations/{organizationId}/directories/{id}/tokens/{tokenId}/revocations', {
        params: { path: { organizationId, id, tokenId } },
        body: {},
      }),
    ),
  );
}
