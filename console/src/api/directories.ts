/*
 * Directories, by what the server really answers and takes. The description has one schema of the name GroupRoleView for the
 * groups of identity providers and those of directories, and it is the providers'. What a directory says of a group stands here.
 */
import { answerOf, api, ifMatch } from './client';
import type { components } from './schema.gen';
import type { Role } from './types';

type Schemas = components['schemas'];
type Replaced<T, By> = Omit<T, keyof By> & By;

/** The members of the group that is known by this have that role. */
export interface DirectoryGroup {
  matchedBy: 'display-name' | 'external-id';
  value: string;
  role: Role;
}
export type Directory = Replaced<Schemas['DirectoryView'], { groupRoles: DirectoryGroup[] }>;
export type NewDirectory = Replaced<Schemas['NewDirectory'], { groupRoles: DirectoryGroup[] }>;
export type DirectoryState = Directory['state'];
export type DirectoryDetail = Replaced<Schemas['DirectoryDetailView'], { directory: Directory }>;
export type DirectoryToken = Schemas['DirectoryTokenView'];
/** The one answer that has a token in it. */
export type IssuedToken = Schemas['IssuedTokenView'];

/** What is described otherwise than it is. */
const really = <T>(described: unknown): T => described as T;

export const listOfDirectories = async (organizationId: string, signal: AbortSignal) =>
  really<{ items: Directory[] }>(
    await answerOf(
      api.GET('/api/v1/organizations/{organizationId}/directories', {
        params: { path: { organizationId } },
        signal,
      }),
    ),
  );

export const oneDirectory = async (organizationId: string, id: string, signal: AbortSignal) =>
  really<DirectoryDetail>(
    await answerOf(
      api.GET('/api/v1/organizations/{organizationId}/directories/{id}', {
        params: { path: { organizationId, id } },
        signal,
      }),
    ),
  );

export const addDirectory = async (organizationId: string, wanted: NewDirectory) =>
  really<Directory>(
    await answerOf(
      api.POST('/api/v1/organizations/{organizationId}/directories', {
        params: { path: { organizationId } },
        body: really<Schemas['NewDirectory']>(wanted),
      }),
    ),
  );

/** Replaces what is said of it, if it is still in the version that was looked at. */
export const changeDirectory = async (
  organizationId: string,
  { id, version }: Directory,
  wanted: NewDirectory,
) =>
  really<Directory>(
    await answerOf(
      api.PUT('/api/v1/organizations/{organizationId}/directories/{id}', {
        params: { path: { organizationId, id }, header: ifMatch(version) },
        body: really<Schemas['NewDirectory']>(wanted),
      }),
    ),
  );
