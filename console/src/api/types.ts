/*
 * What the API answers, spelled as on the wire. Clients tolerate what they do not know: a state added
 * tomorrow is shown by its spelling (words.ts), an added member is ignored.
 */
import type { Json } from './canonical';

export interface Page<T> {
  items: T[];
  nextCursor?: string | null;
}

export type Role = 'owner' | 'admin' | 'approver' | 'requester' | 'auditor' | 'readonly';

export type Permission =
  | 'requests:create'
  | 'requests:read'
  | 'requests:read-own'
  | 'approvals:read'
  | 'approvals:decide'
  | 'workflows:read'
  | 'workflows:read-own'
  | 'workflows:operate'
  | 'catalogue:read'
  | 'connectors:read'
  | 'connectors:manage'
  | 'findings:read'
  | 'members:read'
  | 'audit:read'
  | 'evidence:read';

export interface Organization {
  id: string;
  slug: string;
  name: string;
}

export interface Me {
  subject: string;
  memberId: string;
  displayName: string;
  email: string;
  role?: Role | null;
  permissions: string[];
  acr?: string | null;
  organization: Organization;
  organizations?: Organization[];
  csrfToken?: string | null;
}

export interface Member {
  memberId: string;
  displayName: string;
}

export type Risk = 'low' | 'medium' | 'high' | 'critical';
export type Operation = 'grant' | 'revoke' | 'disable';

export interface Entitlement {
  id: string;
  connectorId: string;
  connectorName: string;
  kind: string;
  nativeId: string;
  name: string;
  description?: string | null;
  risk: Risk;
  holders: number;
  held: boolean;
  stages?: StageRule[] | null;
}

export interface StageRule {
  name: string;
  quorum: number;
  roles: Role[];
}

export interface Account {
  id: string;
  connectorId: string;
  connectorName: string;
  nativeId: string;
  displayName: string;
  email?: string | null;
  state: AccountState;
  memberId?: string | null;
}

export type AccountState = 'enabled' | 'disabled' | 'absent';

export interface Assignment {
  accountId: string;
  accountName: string;
  entitlementId: string;
  entitlementName: string;
  connectorId: string;
  connectorName: string;
  approved: boolean;
  observed: boolean;
  drift: Drift;
  since?: string | null;
}

export type Drift = 'none' | 'unapproved-access' | 'missing-access';

export interface Connector {
  id: string;
  kind: string;
  name: string;
  state: string;
  health: Health;
  healthReason?: string | null;
  lastObservedAt?: string | null;
  accounts?: number | null;
  entitlements?: number | null;
  capabilities?: string[];
}

/** How the two books of a connector compare. */
export interface ConnectorSummary {
  connectorId: string;
  approved: number;
  observed: number;
  drift: number;
}

export type Health = 'healthy' | 'unreachable' | 'unknown';

export interface Observation {
  id: string;
  connectorId: string;
  state: ObservationState;
  startedAt: string;
  endedAt?: string | null;
  accounts?: number | null;
  entitlements?: number | null;
  assignments?: number | null;
  summaryHash?: string | null;
  failure?: Failure | string | null;
}

export type ObservationState = 'running' | 'completed' | 'failed';

export type RequestState = 'draft' | 'submitted' | 'decided' | 'cancelled';

export interface AccessRequest {
  id: string;
  state: RequestState;
  operation: Operation;
  connectorName?: string;
  entitlement?: { id: string; name: string; connectorName: string; risk: Risk } | null;
  account: { id: string; displayName: string };
  requester: Member;
  justification: string;
  risk: Risk;
  approvalId?: string | null;
  workflowId?: string | null;
  workflowState?: WorkflowState | null;
  evidencePackageId?: string | null;
  createdAt: string;
  decidedAt?: string | null;
  planHash?: string | null;
}

export interface NewRequest {
  entitlementId: string;
  accountId?: string;
  operation: Operation;
  justification: string;
}

/** The plan exactly as it is hashed. What the console shows of it comes from here and nowhere else. */
export interface Plan {
  v: number;
  organizationId: string;
  requestId: string;
  requester: string;
  beneficiary: string | null;
  steps: PlanStep[];
  justification: string;
  createdAt: string;
}

export interface PlanStep {
  position: number;
  connectorId: string;
  connectorName: string;
  operation: Operation;
  account: { nativeId: string; displayName: string };
  entitlement: { kind: string; nativeId: string; name: string } | null;
}

export type ApprovalState = 'open' | 'granted' | 'rejected' | 'expired' | 'withdrawn';
export type StageState = 'waiting' | 'open' | 'met';
export type Verdict = 'approve' | 'reject';

export interface Stage extends StageRule {
  position: number;
  approvals: number;
  state: StageState;
}

export interface Decision {
  member: Member;
  role: Role;
  verdict: Verdict;
  reason: string;
  at: string;
  stage: number;
}

export interface Approval {
  id: string;
  state: ApprovalState;
  risk: Risk;
  planHash: string;
  plan: Plan;
  requester: Member;
  stages: Stage[];
  decisions: Decision[];
  expiresAt: string;
  createdAt: string;
  mayDecide: boolean;
  whyNot?: string | null;
  workflowId?: string | null;
}

export type WorkflowState =
  | 'awaiting-approval'
  | 'scheduled'
  | 'running'
  | 'validating'
  | 'completed'
  | 'failed'
  | 'rejected'
  | 'cancelled'
  | 'expired';

export type StepState = 'pending' | 'running' | 'succeeded' | 'failed' | 'skipped' | 'compensated';
export type FailureClass = 'validation' | 'connector' | 'permission' | 'configuration' | 'agent';

export interface Failure {
  class: FailureClass;
  reason: string;
}

/** The account and the entitlement of a step; some answers give the name, some the object. */
export type Named = string | { name?: string; displayName?: string; nativeId?: string } | null;

export interface WorkflowStep {
  position: number;
  operation: Operation;
  account: Named;
  entitlement?: Named;
  state: StepState;
  attempts: number;
}

export interface Happening {
  at: string;
  kind: string;
  title: string;
  detail?: string | null;
  reference?: string | null;
}

export interface Workflow {
  id: string;
  state: WorkflowState;
  requestId?: string | null;
  approvalRef?: string | null;
  planHash: string;
  plan?: Plan | null;
  steps?: WorkflowStep[];
  timeline?: Happening[];
  failure?: Failure | null;
  nextAttemptAt?: string | null;
  evidencePackageId?: string | null;
  createdAt: string;
  endedAt?: string | null;
}

export type PackageOutcome = 'completed' | 'failed' | 'rejected' | 'cancelled' | 'expired';

export interface EvidenceSummary {
  id: string;
  workflowId: string;
  outcome: PackageOutcome;
  sealedAt: string;
  merkleRoot: string;
  planHash: string;
  logIndex: number;
  records: number;
}

export interface EvidenceRecord {
  type: RecordType;
  id: string;
  at: string;
  hash: string;
  content: Json;
}

export type RecordType =
  'access-evaluation' | 'approval' | 'pre-change-snapshot' | 'execution-log' | 'validation-result';

export interface Signature {
  keyId: string;
  algorithm: string;
  signature: string;
}

export interface EvidencePackage extends Omit<EvidenceSummary, 'records'> {
  records: EvidenceRecord[];
  signatures: Signature[];
}

export type AuditOutcome = 'succeeded' | 'refused' | 'failed';

export interface AuditEvent {
  sequence: number;
  id: string;
  at: string;
  actor: { type: string; id: string; displayName?: string | null; role?: string | null };
  action: string;
  outcome: AuditOutcome;
  target: { type: string; id: string };
  leafHash: string;
}

/** An event with what proves that it is in the log. What it says is in the event itself, which is hashed. */
export interface AuditEventDetail {
  sequence: number;
  leafHash: string;
  event: AuditRecord;
  treeSize: number;
  inclusionProof: string[];
  checkpoint: string;
}

/** An event as it was hashed; only what the console reads of it has a name here. */
export type AuditRecord = Pick<AuditEvent, 'at' | 'actor' | 'action' | 'outcome' | 'target'>;

export interface AuditHead {
  treeSize: number;
  root: string;
}
