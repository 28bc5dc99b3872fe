/*
 * What the API answers and takes, by the names the console has for it. The shapes are the description's
 * (schema.gen.ts). Clients tolerate what they do not know: a state added tomorrow is shown by its spelling
 * (words.ts), an added member is ignored.
 */
import type { components, paths } from './schema.gen';

type Schemas = components['schemas'];

/** A list as every one of them is answered; the description has one schema for each kind of item. */
export interface Page<T> {
  items: T[];
  nextCursor?: string;
}

export type Me = Schemas['MeView'];
export type Permission = Me['permissions'][number];

export type Member = Schemas['MemberView'];
export type Role = Member['role'];
export type MemberState = Member['state'];
export type MemberPatch = Schemas['MemberPatch'];
export type IdentityPolicy = Schemas['PolicyView'];
export type NewPolicy = Schemas['NewPolicy'];
export type Session = Schemas['SessionView'];
export type Credential = Schemas['CredentialView'];

export type Finding = Schemas['FindingView'];

export type Entitlement = Schemas['EntitlementView'];
export type Risk = Entitlement['risk'];
export type Account = Schemas['AccountView'];
export type AccountState = Account['state'];
export type Assignment = Schemas['AssignmentView'];
export type Drift = Assignment['drift'];

export type Connector = Schemas['ConnectorView'];
export type SystemKind = Connector['kind'];
export type Health = Connector['health'];
export type Observation = Schemas['ObservationView'];
export type ObservationState = Observation['state'];

export type AccessRequest = Schemas['RequestView'];
export type RequestState = AccessRequest['state'];
export type Operation = AccessRequest['operation'];
export type NewRequest = Schemas['NewRequest'];

export type Approval = Schemas['ApprovalView'];
export type ApprovalState = Approval['state'];
export type Stage = Schemas['StageView'];
export type StageState = Stage['state'];
export type Decision = Schemas['DecisionView'];
export type Verdict = Decision['verdict'];
export type NewDecision = Schemas['DecisionRequest'];

/** A workflow in a list: how it is, not what it is about. */
export type WorkflowSummary = Schemas['WorkflowView'];
export type Workflow = Schemas['DossierView'];
export type WorkflowState = Workflow['state'];
export type StepState = Schemas['StepView']['state'];
export type FailureClass = Schemas['FailureView']['class'];

export type EvidenceSummary = Schemas['PackageView'];
export type EvidencePackage = Schemas['OpenedView'];
export type PackageOutcome = EvidencePackage['outcome'];

export type AuditEvent = Schemas['EventView'];
export type AuditOutcome = AuditEvent['outcome'];
/** An event with what proves that it is in the log. What it says is in the event itself, which is hashed. */
export type AuditEventDetail = Schemas['ProvenView'];
export type NewRotation = Schemas['NewRotation'];

export type Invite = Schemas['InviteView'];
export type NewInvite = Schemas['NewInvite'];
export type OrganizationDomain = Schemas['DomainView'];
export type DomainState = OrganizationDomain['state'];
export type DomainCheck = Schemas['DomainCheckView'];

export type Agent = Schemas['AgentView'];
export type AgentState = Agent['state'];
export type AgentHealth = NonNullable<Agent['health']>;
export type AgentWarning = Agent['warnings'][number];
export type AgentFinding = Schemas['AgentFindingView'];
export type AgentDetail = Schemas['AgentDetailView'];
export type AgentAction = Schemas['ActionTypeView'];
export type AgentParameter = Schemas['ActionParameterView'];
export type AgentPackage = Schemas['AgentPackageView'];
export type AgentReceipt = Schemas['AgentReceiptView'];
export type AgentObservation = Schemas['AgentObservationView'];
export type EnrolmentToken = Schemas['EnrolmentTokenView'];
/** The one answer that has an enrolment token in it. */
export type IssuedEnrolment = Schemas['IssuedEnrolmentView'];
export type NewAgentAction = Schemas['NewAgentAction'];

export type Directory = Schemas['DirectoryView'];
export type DirectoryGroup = Directory['groupRoles'][number];
export type DirectoryState = Directory['state'];
export type DirectoryDetail = Schemas['DirectoryDetailView'];
export type DirectoryToken = Schemas['DirectoryTokenView'];
/** The one answer that has a token in it. */
export type IssuedToken = Schemas['IssuedTokenView'];
export type NewDirectory = Schemas['NewDirectory'];

export type IdentityProvider = Schemas['ProviderView'];
export type NewIdentityProvider = Schemas['NewProvider'];
export type ProviderPreset = IdentityProvider['preset'];
export type ProviderState = IdentityProvider['state'];
export type ProviderCheck = Schemas['ProviderCheckView'];
export type ProviderFinding = Schemas['ProviderFindingView']['finding'];

export type Share = Schemas['ShareView'];
export type ShareState = Share['state'];
export type ShareDetail = Schemas['ShareDetailView'];
export type CreatedShare = Schemas['CreatedShareView'];
export type NewPackageShare = Schemas['NewPackageShare'];
export type NewEventShare = Schemas['NewEventShare'];
/** An event as whoever holds a link sees it: what it says is in the event itself. */
export type SharedEvent = Schemas['SharedEventView'];
export type ExportFormat = NonNullable<
  NonNullable<paths['/api/v1/share/evidence-package/export']['get']['parameters']['query']>['format']
>;
