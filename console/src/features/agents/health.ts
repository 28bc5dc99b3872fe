import type { Agent } from '#/api/types';
import type { Word } from '#/words';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/* Agents ask for work about once a minute, and at least every ten minutes after a failure: who is later than that is missed. */
const ONLINE_FOR = 3;
const LATE_FOR = 1;

/** The rule, as people are told it. */
export const HEALTH_RULE = `Online: seen within ${ONLINE_FOR} minutes. Late: within ${LATE_FOR} hour. Silent: longer ago. Agents ask for work about once a minute.`;

/** Whether an agent that should speak does; null for one that is not expected to. */
export function healthOf({ state, host }: Agent, now: number): Word | null {
  if (state !== 'active' || host === undefined) return null;
  const seen = Date.parse(host.lastSeenAt ?? host.enrolledAt);
  if (now - seen <= ONLINE_FOR * MINUTE) return { label: 'Online', tone: 'good' };
  if (now - seen <= LATE_FOR * HOUR) return { label: 'Late', tone: 'warning' };
  return { label: 'Silent', tone: 'bad' };
}
