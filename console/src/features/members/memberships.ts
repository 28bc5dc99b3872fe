import type { Member, Permission, Role } from '#/api/types';

/** What people do here, and who may: test/members.test.tsx compares it with the server's own table. */
export const CAPABILITIES: { does: string; permission: Permission; roles: Role[] }[] = [
  {
    does: 'ask for access',
    permission: 'requests:create',
    roles: ['owner', 'admin', 'approver', 'requester'],
  },
  { does: 'decide on approvals', permission: 'approvals:decide', roles: ['owner', 'admin', 'approver'] },
  {
    does: 'see everybody’s requests',
    permission: 'requests:read',
    roles: ['owner', 'admin', 'approver', 'auditor', 'readonly'],
  },
  {
    does: 'see the other members',
    permission: 'members:read',
    roles: ['owner', 'admin', 'approver', 'auditor'],
  },
  {
    does: 'see connectors',
    permission: 'connectors:read',
    roles: ['owner', 'admin', 'approver', 'auditor', 'readonly'],
  },
  { does: 'read the audit log', permission: 'audit:read', roles: ['owner', 'admin', 'auditor'] },
  { does: 'export evidence', permission: 'evidence:read', roles: ['owner', 'admin', 'auditor'] },
  { does: 'manage connectors', permission: 'connectors:manage', roles: ['owner', 'admin'] },
  { does: 'cancel workflows', permission: 'workflows:operate', roles: ['owner', 'admin'] },
  { does: 'change members', permission: 'members:manage', roles: ['owner', 'admin'] },
  { does: 'change the sign-in rules', permission: 'organization:change', roles: ['owner', 'admin'] },
  { does: 'set up single sign-on', permission: 'organization:federate', roles: ['owner'] },
  { does: 'replace the log key', permission: 'audit:rotate-key', roles: ['owner'] },
  { does: 'make and change owners', permission: 'members:manage-owners', roles: ['owner'] },
];

export function capabilitiesOf(role: Role): string[] {
  return CAPABILITIES.filter(({ roles }) => roles.includes(role)).map(({ does }) => does);
}

/** What somebody can do afterwards and could not before, and the other way round. */
export function consequences(before: Role, after: Role): { gained: string[]; lost: string[] } {
  const then = capabilitiesOf(before);
  const later = capabilitiesOf(after);
  return {
    gained: later.filter((does) => !then.includes(does)),
    lost: then.filter((does) => !later.includes(does)),
  };
}

const and = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** "ask for access and decide on approvals"; null when there is nothing to say. */
export function inWords(capabilities: string[]): string | null {
  return capabilities.length === 0 ? null : and.format(capabilities);
}

export type Action = 'role' | 'suspend' | 'reactivate';

/** Who looks at a member. */
export interface Viewer {
  memberId: string;
  role: Role | undefined;
  may: (...anyOf: Permission[]) => boolean;
}

/** What the viewer may change about a member, or why it is nothing. The server decides again. */
export function offerTo(viewer: Viewer, member: Member): { actions: Action[]; whyNone: string | null } {
  const none = (whyNone: string) => ({ actions: [], whyNone });
  if (!isEnrolled(member)) return none('Comes in by an invitation');
  if (member.memberId === viewer.memberId) {
    return member.role === 'owner' && viewer.role === 'owner'
      ? { actions: ['role'], whyNone: null }
      : none('Somebody else changes yours');
  }
  if (member.role === 'owner' && !viewer.may('members:manage-owners')) return none('Only an owner may');
  return { actions: ['role', member.state === 'active' ? 'suspend' : 'reactivate'], whyNone: null };
}

function isEnrolled({ state }: Member): boolean {
  return state === 'active' || state === 'suspended';
}
