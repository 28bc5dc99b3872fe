import type { IdentityPolicy, NewIdentityProvider } from '#/api/types';

export interface World {
  logKeys: { signed: (text: string) => string; rotate: (treeSize: number) => unknown };
  answer: (
    method: string,
    url: string,
    body: unknown,
    ifMatch?: string | null,
    authorization?: string | null,
  ) => [status: number, body: unknown];
  /** A link to the first package, or to the events about approvals. */
  makeLink: (what: 'package' | 'events') => { share: { id: string }; token: string };
  /** A provider that an owner has set up before; answers its id. */
  seedProvider: (written: Pick<NewIdentityProvider, 'name' | 'preset' | 'state'>) => string;
  /** An agent that a host has become; answers its id. */
  seedAgent: (agent: {
    name: string;
    seenAgo?: number;
    health?: Record<string, string | number>;
    warnings?: string[];
    findings?: [severity: string, rule: string][];
    /** Why it did not become another release. */
    refusal?: string;
  }) => string;
  data: {
    organization: { id: string };
    members: WorldMember[];
    policy: IdentityPolicy;
    approvals: WorldApproval[];
    requests: {
      id: string;
      approvalId: string;
      workflowId: string;
      state: string;
      requester: { displayName: string };
    }[];
    workflows: { id: string; state: string }[];
    packages: { id: string; records: { content: Record<string, unknown> }[] }[];
    entitlements: { id: string; name: string; held: boolean }[];
    connectors: { id: string; name: string }[];
    accounts: { id: string; connectorId: string; nativeId: string; displayName: string }[];
    events: {
      sequence: number;
      action: string;
      outcome: string;
      approvalRef?: string;
      requestId?: string;
      actor: { type: string; id: string };
      target: { type: string; id: string };
    }[];
  };
}

export interface WorldMember {
  memberId: string;
  displayName: string;
  email: string;
  role: string;
  state: string;
  version: number;
}

export interface WorldApproval {
  id: string;
  state: string;
  planHash: string;
  plan: { justification: string; steps: { operation: string; account: { nativeId: string } }[] };
  decisions: { verdict: string; reason: string }[];
}

export function createWorld(options?: { role?: string; now?: number }): World;
export function problem(status: number, slug: string, title: string): [number, Record<string, unknown>];
