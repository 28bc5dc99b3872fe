import type { OrganizationDomain } from '#/api/types';
import { DOMAIN_STATES, type Word, wordOf } from '#/words';

const FAILING: Word = { label: 'Verified, record missing', tone: 'warning' };
const LAPSED: Word = { label: 'No longer verified', tone: 'bad' };

/** The state as people have to know it: verified is not all well when the record is missing. */
export function domainState({ state, failingSince, lapsedAt }: OrganizationDomain): Word {
  if (failingSince !== undefined) return FAILING;
  return lapsedAt === undefined ? wordOf(DOMAIN_STATES, state) : LAPSED;
}
