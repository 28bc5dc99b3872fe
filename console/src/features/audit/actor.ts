import type { AuditEvent } from '#/api/types';
import { ROLES, wordOf } from '#/words';

/** "Ada Young, approver"; a system actor by its name. */
export function actorName({ type, id, displayName, role }: AuditEvent['actor']): string {
  const name = displayName ?? (type === 'system' ? id : `${type} ${id.slice(0, 8)}`);
  return role === undefined || type === 'system'
    ? name
    : `${name}, ${wordOf(ROLES, role).label.toLowerCase()}`;
}
