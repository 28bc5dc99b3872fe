/*
 * Documents that are hashed. The server passes them on as they were hashed, and its description calls each any
 * object: a member that nobody here knows belongs to the hash too. What the console reads of them has a name
 * here; docs/formats has the whole.
 */
import type { Json } from './canonical';
import type { Approval, AuditEvent, AuditEventDetail, EvidencePackage, Operation } from './types';

/** What the console shows of a plan comes from here and nowhere else. */
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
  /** Of a step that an agent carries out. */
  action?: { agentId: string; type: string; parameters: Record<string, Json> };
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

export type AuditRecord = Pick<
  AuditEvent,
  'at' | 'actor' | 'action' | 'outcome' | 'target' | 'approvalRef' | 'requestId'
>;

/** The plan of an approval or of a workflow. */
export function planOf({ plan }: Pick<Approval, 'plan'>): Plan {
  return read(plan);
}

/** Whether somebody asked for access. What agents shall do is asked for without a request. */
export function isRequested({ steps }: Plan): boolean {
  return steps.every(({ operation }) => operation !== 'perform');
}

export function recordsOf({ records }: EvidencePackage): EvidenceRecord[] {
  return read(records);
}

export function signaturesOf({ signatures }: EvidencePackage): Signature[] {
  return read(signatures);
}

export function recordOf({ event }: Pick<AuditEventDetail, 'event'>): AuditRecord {
  return read(event);
}

function read<T>(document: object): T {
  return document as T;
}
