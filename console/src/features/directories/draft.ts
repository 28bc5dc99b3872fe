import type { Directory, DirectoryGroup, DirectoryState, NewDirectory, Role } from '#/api/types';

/** A directory as it is typed. */
export type Draft = Pick<Directory, 'name' | 'defaultRole' | 'ceiling' | 'groupRoles'>;

export const EMPTY: Draft = { name: '', defaultRole: 'readonly', ceiling: 'requester', groupRoles: [] };

export const NEW_GROUP: DirectoryGroup = { matchedBy: 'display-name', value: '', role: 'requester' };

/** By what they may do to an organization, as the server orders them. Whatever a directory says, it makes no owner. */
export const GIVEN_ROLES = [
  'readonly',
  'requester',
  'auditor',
  'approver',
  'admin',
] as const satisfies readonly Role[];

const rank = (role: Role): number => [...GIVEN_ROLES, 'owner'].indexOf(role);

export function isAbove(role: Role, ceiling: Role): boolean {
  return rank(role) > rank(ceiling);
}

export function draftOf({ name, defaultRole, ceiling, groupRoles }: Directory): Draft {
  return { name, defaultRole, ceiling, groupRoles };
}

export function isWhole({ name, defaultRole, ceiling, groupRoles }: Draft): boolean {
  return (
    name.trim() !== '' &&
    [defaultRole, ...groupRoles.map(({ role }) => role)].every((role) => !isAbove(role, ceiling)) &&
    groupRoles.every(({ value }) => value.trim() !== '')
  );
}

export function bodyOf(draft: Draft, state: DirectoryState): NewDirectory {
  return { ...draft, name: draft.name.trim(), state };
}
