import type { IdentityProvider, NewIdentityProvider, ProviderPreset, Role } from '#/api/types';
import { hasText, ROLES } from '#/words';
import { oneOf } from '#/ui/search';

/** A provider as it is typed. */
export interface Draft {
  name: string;
  preset: ProviderPreset;
  issuer: string;
  clientId: string;
  clientSecret: string;
  metadataUrl: string;
  metadataXml: string;
  emailAttribute: string;
  defaultRole: Role;
  ceiling: Role;
  groupsClaim: string;
  /** One per line: the group, an equals sign, the role. */
  groups: string;
}

export const EMPTY: Draft = {
  name: '',
  preset: 'entra-id',
  issuer: '',
  clientId: '',
  clientSecret: '',
  metadataUrl: '',
  metadataXml: '',
  emailAttribute: '',
  defaultRole: 'readonly',
  ceiling: 'requester',
  groupsClaim: '',
  groups: '',
};

export function draftOf(provider: IdentityProvider): Draft {
  return {
    ...EMPTY,
    name: provider.name,
    preset: provider.preset,
    issuer: provider.issuer ?? '',
    clientId: provider.clientId ?? '',
    metadataUrl: provider.metadataUrl ?? '',
    emailAttribute: provider.emailAttribute ?? '',
    defaultRole: provider.defaultRole,
    ceiling: provider.ceiling,
    groupsClaim: provider.groupsClaim,
    groups: provider.groups.map(({ group, role }) => `${group} = ${role}`).join('\n'),
  };
}

/** The groups of a text, or the first line that is none. */
export function readGroups(text: string): { groups: { group: string; role: Role }[]; wrong: string | null } {
  const groups: { group: string; role: Role }[] = [];
  for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
    const at = line.lastIndexOf('=');
    const group = line.slice(0, Math.max(at, 0)).trim();
    const role = oneOf(line.slice(at + 1).trim(), ROLES);
    if (group === '' || role === undefined) return { groups, wrong: line };
    groups.push({ group, role });
  }
  return { groups, wrong: null };
}

export function bodyOf(draft: Draft, state: IdentityProvider['state']): NewIdentityProvider {
  const { name, preset, defaultRole, ceiling, groupsClaim, groups } = draft;
  const common = {
    name,
    preset,
    state,
    defaultRole,
    ceiling,
    groupsClaim,
    groups: readGroups(groups).groups,
  };
  if (preset === 'saml') {
    const { metadataUrl, metadataXml, emailAttribute } = draft;
    return {
      ...common,
      emailAttribute,
      ...(hasText(metadataUrl) && { metadataUrl }),
      ...(hasText(metadataXml) && { metadataXml }),
    };
  }
  const { issuer, clientId, clientSecret } = draft;
  return { ...common, issuer, clientId, ...(hasText(clientSecret) && { clientSecret }) };
}
