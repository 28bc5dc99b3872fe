import type { EnrolmentToken } from '#/api/types';
import type { Word } from '#/words';

/** Whether a host could still use it. */
export function isOpen({ usedAt, revokedAt, expiresAt }: EnrolmentToken, now: number): boolean {
  return usedAt === undefined && revokedAt === undefined && Date.parse(expiresAt) > now;
}

export function stateOf(token: EnrolmentToken, now: number): Word {
  if (token.usedAt !== undefined) return { label: 'Used', tone: 'good' };
  if (token.revokedAt !== undefined) return { label: 'Revoked', tone: 'quiet' };
  return isOpen(token, now) ? { label: 'Open', tone: 'info' } : { label: 'Expired', tone: 'quiet' };
}
