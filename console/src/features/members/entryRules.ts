import type { IdentityPolicy } from '#/api/types';

export type EntryRules = Omit<IdentityPolicy, 'emailDomainAllowlist' | 'version'>;
type LoginMethod = IdentityPolicy['loginMethods'][number];

export const MFA_WORDS: Record<IdentityPolicy['mfaRequired'], string> = {
  nobody: 'Nobody',
  privileged: 'Owners, admins, approvers and auditors',
  everybody: 'Everybody',
};

export const METHOD_WORDS: Record<LoginMethod, { label: string; text: string }> = {
  password: { label: 'Password', text: 'Kept by the identity broker.' },
  passkey: { label: 'Passkey', text: 'A key in a device or on a stick, without a password.' },
  oidc: { label: 'OpenID Connect', text: 'Your own identity provider, such as Entra ID, Okta or Google.' },
  saml: { label: 'SAML', text: 'Your own identity provider, by the older standard.' },
};

export const METHODS: LoginMethod[] = ['password', 'passkey', 'oidc', 'saml'];

export const MFA: IdentityPolicy['mfaRequired'][] = ['nobody', 'privileged', 'everybody'];

export type DurationField = 'sessionMaxAge' | 'idleTimeout' | 'stepUpAge' | 'inviteTtl';

/** What is offered; another value that was set by the API is offered as well. */
export const DURATIONS: Record<DurationField, string[]> = {
  sessionMaxAge: ['PT15M', 'PT1H', 'PT4H', 'PT8H', 'PT12H', 'PT24H', 'PT168H', 'PT720H'],
  idleTimeout: ['PT5M', 'PT15M', 'PT30M', 'PT1H', 'PT4H', 'PT12H'],
  stepUpAge: ['PT1M', 'PT5M', 'PT10M', 'PT15M', 'PT1H'],
  inviteTtl: ['PT1H', 'PT24H', 'PT72H', 'PT168H', 'PT336H', 'PT720H'],
};

/** "PT36H" as people say it. The server sends hours, minutes and seconds only. */
export function inWords(duration: string): string {
  const parts = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(duration);
  if (parts === null) return duration;
  const [hours = 0, minutes = 0, seconds = 0] = parts
    .slice(1)
    .map((part: string | undefined) => Number(part ?? 0));
  const days = hours % 24 === 0 ? hours / 24 : 0;
  return [
    days > 0 ? counted(days, 'day') : counted(hours, 'hour'),
    counted(minutes, 'minute'),
    counted(seconds, 'second'),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function counted(count: number, unit: string): string {
  return count === 0 ? '' : `${String(count)} ${unit}${count === 1 ? '' : 's'}`;
}

/** One network per line, or parted by commas or blanks. What is no network the server says. */
export function readNetworks(text: string): string[] {
  return text.split(/[\s,;]+/).filter((network) => network !== '');
}

export function rulesOf({ emailDomainAllowlist: _, version: __, ...rules }: IdentityPolicy): EntryRules {
  return rules;
}

export function isSame(some: EntryRules, others: EntryRules): boolean {
  return changes(some, others).length === 0;
}

/** What differs, as the dialog names it. */
export function changes(before: EntryRules, after: EntryRules): [name: string, value: string][] {
  return said(after).filter(([, value], place) => said(before)[place]?.[1] !== value);
}

function said(rules: EntryRules): [name: string, value: string][] {
  const { mfaRequired, loginMethods, ipAllowlist, sessionMaxAge, idleTimeout, stepUpAge, inviteTtl } = rules;
  return [
    ['Second factor', MFA_WORDS[mfaRequired]],
    [
      'Ways to sign in',
      METHODS.filter((method) => loginMethods.includes(method))
        .map((method) => METHOD_WORDS[method].label)
        .join(', '),
    ],
    ['Networks', ipAllowlist.length === 0 ? 'From everywhere' : [...ipAllowlist].sort().join(', ')],
    ['Sign in again after', inWords(sessionMaxAge)],
    ['Sign out when idle for', inWords(idleTimeout)],
    [
      'Before sensitive actions',
      stepUpAge === undefined ? 'Nothing is asked' : `Second factor within ${inWords(stepUpAge)}`,
    ],
    ['Invitations hold for', inWords(inviteTtl)],
  ];
}

const REASONS: Record<string, string> = {
  'sign-in-too-old': 'signed in too long ago',
  idle: 'idle too long',
  address: 'another network',
  method: 'another way to sign in',
  mfa: 'no second factor',
};

export function reasonsInWords(because: string[]): string {
  return because.map((reason) => REASONS[reason] ?? reason).join(', ');
}
