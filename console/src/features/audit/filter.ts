import { AUDIT_OUTCOMES, hasText, wordOf } from '#/words';
import { oneOf, textOf } from '#/ui/search';
import type { AuditFilter } from './queries';

const NAMES: Record<keyof AuditFilter, string> = {
  following: 'Following',
  actor: 'Actor',
  action: 'Action',
  outcome: 'Outcome',
  targetType: 'Target',
  targetId: 'Target id',
  approvalRef: 'Approval',
  requestId: 'Request',
  from: 'From',
  to: 'To',
};

/** Reads the filters of an address; what cannot be one there is none. */
export function auditFilterOf(search: Record<string, unknown>): AuditFilter {
  return {
    actor: textOf(search.actor),
    action: textOf(search.action),
    targetType: textOf(search.targetType),
    targetId: textOf(search.targetId),
    from: textOf(search.from),
    to: textOf(search.to),
    outcome: oneOf(search.outcome, AUDIT_OUTCOMES),
    approvalRef: textOf(search.approvalRef),
    requestId: textOf(search.requestId),
    following: textOf(search.following),
  };
}

export interface SetFilter {
  key: keyof AuditFilter;
  name: string;
  value: string;
}

/** The filters that are on, in words. */
export function setFilters(filter: AuditFilter, wordsOf: Words): SetFilter[] {
  return keysOf(NAMES).flatMap((key) => {
    const value = filter[key];
    return hasText(value) ? [{ key, name: NAMES[key], value: wordsOf(key, value) }] : [];
  });
}

/** How the value of a filter reads. */
export type Words = (key: keyof AuditFilter, value: string) => string;

/** As most of them are spelled; names of people and times are told by whoever knows them. */
export function plainWords(key: keyof AuditFilter, value: string): string {
  if (key === 'outcome') return wordOf(AUDIT_OUTCOMES, value).label;
  if (key === 'action' && value.endsWith('.')) return `${value}* (any of them)`;
  return value;
}

export function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

function keysOf<K extends string>(names: Record<K, string>): K[] {
  const keys: K[] = [];
  for (const key in names) keys.push(key);
  return keys;
}
