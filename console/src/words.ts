import type { RecordType } from './api/hashed';
import type {
  AccountState,
  ApprovalState,
  AuditOutcome,
  DomainCheck,
  DomainState,
  Invite,
  Drift,
  FailureClass,
  Health,
  MemberState,
  ObservationState,
  Operation,
  PackageOutcome,
  RequestState,
  Risk,
  Role,
  ShareState,
  StageState,
  StepState,
  SystemKind,
  Verdict,
  WorkflowState,
} from './api/types';
import type { Tone } from './theme';

/** How a word of the wire reads and looks. */
export interface Word {
  label: string;
  tone: Tone;
}

const word = (label: string, tone: Tone): Word => ({ label, tone });

export const RISKS: Record<Risk, Word> = {
  low: word('Low risk', 'quiet'),
  medium: word('Medium risk', 'info'),
  high: word('High risk', 'warning'),
  critical: word('Critical risk', 'severe'),
};

export const RISK_LEVELS: Record<string, number> = { low: 1, medium: 2, high: 3, critical: 4 };

export const ROLES: Record<Role, Word> = {
  owner: word('Owner', 'active'),
  admin: word('Admin', 'active'),
  approver: word('Approver', 'info'),
  requester: word('Requester', 'quiet'),
  auditor: word('Auditor', 'info'),
  readonly: word('Read only', 'quiet'),
};

export const MEMBER_STATES: Record<MemberState, Word> = {
  invited: word('Invited', 'info'),
  active: word('Active', 'good'),
  suspended: word('Suspended', 'warning'),
  deprovisioned: word('Deprovisioned', 'quiet'),
};

export const INVITE_STATES: Record<Invite['state'], Word> = {
  open: word('Open', 'info'),
  expired: word('Expired', 'quiet'),
  accepted: word('Accepted', 'good'),
  revoked: word('Revoked', 'quiet'),
};

/** Why the mail of an invitation was not taken. */
export const DELIVERY_FAILURES: Record<NonNullable<Invite['delivery']['failure']>, Word> = {
  'not-configured': word('Not sent: no mail server is set', 'warning'),
  'no-connection': word('Not sent yet: the mail server cannot be reached', 'warning'),
  'not-accepted': word('Not sent yet: the mail server does not take it', 'warning'),
  'address-refused': word('Not sent: there is no such address', 'bad'),
};

export const DOMAIN_STATES: Record<DomainState, Word> = {
  pending: word('Not verified yet', 'info'),
  verified: word('Verified', 'good'),
};

/** What a look for the record of a domain came to. */
export const DOMAIN_OUTCOMES: Record<DomainCheck['outcome'], Word> = {
  found: word('Record found', 'good'),
  'no-record': word('No TXT record under this name', 'warning'),
  'other-values': word('Other values, not this one', 'warning'),
  'no-such-name': word('The name does not exist', 'warning'),
  'server-failure': word('The name servers failed', 'warning'),
  'no-answer': word('No answer in time', 'warning'),
  'held-elsewhere': word('Record found, but the domain is in use', 'warning'),
};

export const SHARE_STATES: Record<ShareState, Word> = {
  active: word('Open', 'good'),
  expired: word('Expired', 'quiet'),
  revoked: word('Revoked', 'quiet'),
  'used-up': word('Used up', 'quiet'),
  'creator-not-permitted': word('Who made it may not', 'warning'),
};

export const OPERATIONS: Record<Operation, Word> = {
  grant: word('Grant', 'active'),
  revoke: word('Revoke', 'warning'),
  disable: word('Disable', 'bad'),
  perform: word('Perform', 'warning'),
};

export const REQUEST_STATES: Record<RequestState, Word> = {
  draft: word('Draft', 'quiet'),
  submitted: word('Submitted', 'info'),
  decided: word('Decided', 'active'),
  cancelled: word('Cancelled', 'quiet'),
};

export const APPROVAL_STATES: Record<ApprovalState, Word> = {
  open: word('Open', 'info'),
  granted: word('Granted', 'good'),
  rejected: word('Rejected', 'bad'),
  expired: word('Expired', 'warning'),
  withdrawn: word('Withdrawn', 'quiet'),
};

export const STAGE_STATES: Record<StageState, Word> = {
  waiting: word('Waiting', 'quiet'),
  open: word('Open', 'info'),
  met: word('Met', 'good'),
};

export const VERDICTS: Record<Verdict, Word> = {
  approve: word('Approved', 'good'),
  reject: word('Rejected', 'bad'),
};

export const WORKFLOW_STATES: Record<WorkflowState, Word> = {
  'awaiting-approval': word('Awaiting approval', 'info'),
  scheduled: word('Scheduled', 'info'),
  running: word('Running', 'active'),
  validating: word('Validating', 'active'),
  completed: word('Completed', 'good'),
  failed: word('Failed', 'bad'),
  rejected: word('Rejected', 'bad'),
  cancelled: word('Cancelled', 'quiet'),
  expired: word('Expired', 'warning'),
};

export const STEP_STATES: Record<StepState, Word> = {
  pending: word('Pending', 'quiet'),
  running: word('Running', 'active'),
  succeeded: word('Succeeded', 'good'),
  failed: word('Failed', 'bad'),
  skipped: word('Skipped', 'quiet'),
};

export const FAILURES: Record<FailureClass, Word> = {
  validation: word('Validation: the system does not show what the plan says', 'bad'),
  connector: word('Connector: the governed system could not be reached', 'bad'),
  permission: word('Permission: the governed system refused the change', 'bad'),
  configuration: word('Configuration: the connector is not set up for this', 'bad'),
  agent: word('Agent: the edge agent did not answer', 'bad'),
};

export const PACKAGE_OUTCOMES: Record<PackageOutcome, Word> = {
  completed: word('Completed', 'good'),
  failed: word('Failed', 'bad'),
  rejected: word('Rejected', 'bad'),
  cancelled: word('Cancelled', 'quiet'),
  expired: word('Expired', 'warning'),
};

export const RECORD_TYPES: Record<RecordType, Word> = {
  'access-evaluation': word('Access evaluation', 'info'),
  approval: word('Approval', 'info'),
  'pre-change-snapshot': word('Snapshot before the change', 'info'),
  'execution-log': word('Execution log', 'info'),
  'validation-result': word('Validation result', 'info'),
};

export const AUDIT_OUTCOMES: Record<AuditOutcome, Word> = {
  succeeded: word('Succeeded', 'good'),
  refused: word('Refused', 'warning'),
  failed: word('Failed', 'bad'),
};

export const DRIFTS: Record<Drift, Word> = {
  none: word('In order', 'good'),
  'unapproved-access': word('Observed, never approved', 'bad'),
  'missing-access': word('Approved, not observed', 'warning'),
};

export const HEALTHS: Record<Health, Word> = {
  healthy: word('Healthy', 'good'),
  unreachable: word('Unreachable', 'bad'),
  unknown: word('Not checked yet', 'quiet'),
};

export const OBSERVATION_STATES: Record<ObservationState, Word> = {
  running: word('Running', 'active'),
  completed: word('Completed', 'good'),
  failed: word('Failed', 'bad'),
};

export const ACCOUNT_STATES: Record<AccountState, Word> = {
  enabled: word('Enabled', 'good'),
  disabled: word('Disabled', 'warning'),
  absent: word('Absent', 'quiet'),
};

export const SYSTEM_KINDS: Record<SystemKind, Word> = {
  keycloak: word('Keycloak realm', 'quiet'),
  postgresql: word('PostgreSQL database', 'quiet'),
  ldap: word('LDAP directory', 'quiet'),
};

/** The word of a table, or a readable form of a spelling this console does not know yet. */
export function wordOf(table: Record<string, Word>, spelled: string): Word {
  return table[spelled] ?? word(spaced(spelled), 'quiet');
}

export function spaced(spelled: string): string {
  const words = spelled.replaceAll(/[-_.]/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A person's role; whoever has none is told so. */
export function roleLabel(role: Role | undefined): string {
  return role === undefined ? 'No role' : wordOf(ROLES, role).label;
}

/** Spellings of a table as the options of a select. */
export function optionsOf(table: Record<string, Word>): { value: string; label: string }[] {
  return Object.entries(table).map(([value, { label }]) => ({ value, label }));
}

const either = new Intl.ListFormat('en-GB', { type: 'disjunction' });

/** "approver, admin or owner". */
export function rolesText(roles: string[]): string {
  return either.format(roles.map((role) => wordOf(ROLES, role).label.toLowerCase()));
}

/** Whether there is a text to show. */
export function hasText(text: string | null | undefined): text is string {
  return text !== null && text !== undefined && text !== '';
}
