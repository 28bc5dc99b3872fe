import type { Permission } from '#/api/types';
import type { IconName } from '#/ui/Icon';

export interface Destination {
  to:
    | '/'
    | '/catalogue'
    | '/requests'
    | '/approvals'
    | '/workflows'
    | '/evidence'
    | '/audit'
    | '/shares'
    | '/connectors'
    | '/agents'
    | '/members'
    | '/invites'
    | '/domains'
    | '/single-sign-on'
    | '/directories'
    | '/sign-in-rules';
  label: string;
  icon: IconName;
  anyOf: Permission[] | null;
}

/** The left navigation: what of it somebody sees follows from the role's permissions. */
export const DESTINATIONS: Destination[] = [
  { to: '/', label: 'Overview', icon: 'overview', anyOf: null },
  { to: '/catalogue', label: 'Request access', icon: 'catalogue', anyOf: ['requests:create'] },
  { to: '/requests', label: 'My requests', icon: 'requests', anyOf: ['requests:read', 'requests:read-own'] },
  { to: '/approvals', label: 'Approvals', icon: 'approvals', anyOf: ['approvals:read'] },
  {
    to: '/workflows',
    label: 'Workflows',
    icon: 'workflows',
    anyOf: ['workflows:read', 'workflows:read-own'],
  },
  { to: '/evidence', label: 'Evidence', icon: 'evidence', anyOf: ['evidence:read'] },
  { to: '/audit', label: 'Audit log', icon: 'audit', anyOf: ['audit:read'] },
  { to: '/shares', label: 'Share links', icon: 'share', anyOf: ['audit:read'] },
  { to: '/connectors', label: 'Connectors', icon: 'connectors', anyOf: ['connectors:read'] },
  { to: '/agents', label: 'Agents', icon: 'agent', anyOf: ['agents:read'] },
  { to: '/members', label: 'Members', icon: 'members', anyOf: ['members:read'] },
  { to: '/invites', label: 'Invitations', icon: 'members', anyOf: ['members:read'] },
  { to: '/domains', label: 'Domains', icon: 'domain', anyOf: ['organization:change'] },
  { to: '/single-sign-on', label: 'Single sign-on', icon: 'key', anyOf: ['organization:change'] },
  { to: '/directories', label: 'Directory (SCIM)', icon: 'members', anyOf: ['organization:change'] },
  { to: '/sign-in-rules', label: 'Sign-in rules', icon: 'lock', anyOf: ['organization:change'] },
];
