// One organization with something in every state. Hashes, roots and proofs are real.
import { randomUUID } from 'node:crypto';
import { hashOf, leafOf, rootOf } from './hashing.mjs';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export function fixtures(now) {
  const organization = {
    id: '01998a52-0000-7000-8000-0000000000ac',
    slug: 'acme',
    name: 'Acme Manufacturing',
  };
  const ago = (distance) => new Date(now - distance).toISOString();
  const data = {
    organization,
    members: members(),
    policy: {
      emailDomainAllowlist: ['acme.example', 'plant.acme.example'],
      mfaRequired: 'nobody',
      loginMethods: ['password', 'passkey', 'oidc', 'saml'],
      ipAllowlist: [],
      inviteTtl: 'PT168H',
      sessionMaxAge: 'PT12H',
      idleTimeout: 'PT1H',
      version: 1,
    },
    events: [],
    requests: [],
    approvals: [],
    workflows: [],
    packages: [],
  };
  const member = (role) => data.members.find((candidate) => candidate.role === role);

  data.connectors = [
    connector('keycloak', 'Workforce realm', 'healthy', ago(4 * MINUTE), 214, 46),
    connector('postgresql', 'Billing database', 'healthy', ago(6 * MINUTE), 208, 44),
    connector('ldap', 'Plant directory', 'unreachable', ago(3 * HOUR), 203, 52),
  ];
  data.entitlements = data.connectors.flatMap((of) => entitlementsOf(of));
  data.accounts = data.connectors.map((of, at) => ({
    id: id(0xa00 + at),
    connectorId: of.id,
    connectorName: of.name,
    nativeId: 'r.requester',
    displayName: 'Rosa Requester',
    email: 'requester@acme.example',
    state: 'enabled',
    memberId: member('requester').memberId,
  }));
  data.drift = driftOf(data, ago);
  data.observations = data.connectors.flatMap((of, at) => [
    {
      id: id(0xb00 + at),
      connectorId: of.id,
      state: of.health === 'healthy' ? 'completed' : 'failed',
      startedAt: of.lastObservedAt,
      endedAt: of.lastObservedAt,
      ...(of.health === 'healthy'
        ? { accounts: of.accounts, entitlements: of.entitlements, assignments: 2104 }
        : { failure: { class: 'connector', reason: 'Connection refused by the directory' } }),
    },
  ]);

  function event(at, actor, action, outcome, target, more = {}) {
    const sequence = data.events.length;
    const actors = {
      system: { type: 'system', id: 'system:workflow' },
    };
    data.events.push({
      v: 1,
      organizationId: organization.id,
      sequence,
      id: randomUUID(),
      at,
      actor: actors[actor] ?? {
        type: 'member',
        id: actor.memberId,
        displayName: actor.displayName,
        role: actor.role,
      },
      action,
      outcome,
      target,
      ...more,
    });
    return sequence;
  }

  data.makeRequest = ({
    requester,
    entitlement,
    account,
    operation = 'grant',
    justification,
    action,
    at = new Date().toISOString(),
  }) => {
    const [requestId, approvalId, workflowId] = [randomUUID(), randomUUID(), randomUUID()];
    const plan = {
      v: 1,
      organizationId: organization.id,
      requestId,
      requester: `member:${requester.memberId}`,
      beneficiary: account.memberId === null ? null : `member:${account.memberId}`,
      steps: [
        {
          position: 1,
          connectorId: entitlement.connectorId,
          connectorName: entitlement.connectorName,
          operation,
          account: { nativeId: account.nativeId, displayName: account.displayName },
          entitlement:
            action === undefined
              ? { kind: entitlement.kind, nativeId: entitlement.nativeId, name: entitlement.name }
              : null,
          ...(action && { action }),
        },
      ],
      justification,
      createdAt: at,
    };
    const planHash = hashOf(plan);
    const person = { memberId: requester.memberId, displayName: requester.displayName };
    const request = {
      id: requestId,
      state: 'submitted',
      operation,
      connectorName: entitlement.connectorName,
      entitlement: {
        id: entitlement.id,
        name: entitlement.name,
        connectorName: entitlement.connectorName,
        risk: entitlement.risk,
      },
      account: { id: account.id, displayName: account.displayName },
      requester: person,
      justification,
      risk: entitlement.risk,
      approvalId,
      workflowId,
      workflowState: 'awaiting-approval',
      createdAt: at,
      planHash,
    };
    const stages = stagesOf(entitlement.risk).map((stage, position) => ({
      position: position + 1,
      ...stage,
      approvals: 0,
      state: position === 0 ? 'open' : 'waiting',
    }));
    const approval = {
      id: approvalId,
      state: 'open',
      risk: entitlement.risk,
      policy: `risk-${entitlement.risk}`,
      planHash,
      plan,
      requester: person,
      stages,
      decisions: [],
      expiresAt: new Date(Date.parse(at) + 3 * DAY).toISOString(),
      createdAt: at,
    };
    const workflow = {
      id: workflowId,
      state: 'awaiting-approval',
      requestId,
      approvalRef: approvalId,
      planHash,
      plan,
      steps: plan.steps.map((step) => ({
        position: step.position,
        operation: step.operation,
        connectorName: step.connectorName,
        account: step.account,
        entitlement: step.entitlement,
        state: 'pending',
        attempts: 0,
      })),
      step: 1,
      timeline: [
        {
          at,
          kind: 'submitted',
          title: 'Submitted',
          detail: `by ${requester.displayName}: ${stages.length} stage(s), risk ${entitlement.risk}`,
        },
      ],
      createdAt: at,
    };
    // What agents shall do is asked for without a request.
    if (action === undefined) data.requests.unshift(request);
    data.approvals.unshift(approval);
    data.workflows.unshift(workflow);
    event(
      at,
      requester,
      'request.submit',
      'succeeded',
      { type: 'request', id: requestId },
      { planHash, requestId, approvalRef: approvalId },
    );
    return { request, approval, workflow };
  };

  data.decide = (approval, decider, { verdict, reason }, at = new Date().toISOString()) => {
    const stage = approval.stages.find(({ state }) => state === 'open');
    approval.decisions.push({
      member: { memberId: decider.memberId, displayName: decider.displayName },
      role: decider.role,
      verdict,
      reason,
      at,
      stage: stage.position,
    });
    event(
      at,
      decider,
      'approval.decide',
      'succeeded',
      { type: 'approval', id: approval.id },
      { planHash: approval.planHash, approvalRef: approval.id },
    );
    const workflow = data.workflows.find(({ approvalRef }) => approvalRef === approval.id);
    const request = data.requests.find(({ approvalId }) => approvalId === approval.id);
    if (verdict === 'reject') {
      workflow.timeline.push({
        at,
        kind: 'rejected',
        title: 'Rejected',
        detail: `by ${decider.displayName}: ${reason}`,
      });
      Object.assign(approval, { state: 'rejected' });
      Object.assign(workflow, { state: 'rejected', endedAt: at });
      Object.assign(request, { state: 'decided', workflowState: 'rejected', decidedAt: at });
      return;
    }
    stage.approvals += 1;
    if (stage.approvals < stage.quorum) return;
    stage.state = 'met';
    const next = approval.stages.find(({ state }) => state === 'waiting');
    if (next !== undefined) {
      next.state = 'open';
      return;
    }
    approval.state = 'granted';
    workflow.state = 'running';
    workflow.progress = 0;
    Object.assign(request, { state: 'decided', workflowState: 'running', decidedAt: at });
    workflow.timeline.push({ at, kind: 'granted', title: 'Approved', detail: `by ${decider.displayName}` });
  };

  const LATER = [
    ['permitted', 'Execution permitted', 'single use, bound to the plan hash', 'running'],
    ['executed', 'Executed', 'The system reports: changed', 'validating'],
    ['validated', 'Validated', 'The account holds the entitlement', 'validating'],
    ['sealed', 'Evidence sealed', '5 records, Merkle root in the audit log', 'completed'],
  ];

  /** Each look at a running workflow takes it one happening further. */
  data.advance = (workflow, at = new Date().toISOString()) => {
    const next = LATER[workflow.progress];
    if (workflow.progress === undefined || next === undefined) return workflow;
    const [kind, title, detail, state] = next;
    workflow.progress += 1;
    workflow.state = state;
    workflow.timeline.push({ at, kind, title, detail });
    workflow.steps.forEach((step) =>
      Object.assign(step, { state: state === 'running' ? 'running' : 'succeeded', attempts: 1 }),
    );
    const request = data.requests.find(({ workflowId }) => workflowId === workflow.id);
    if (state === 'completed') {
      const sealed = seal(data, workflow, at);
      sealed.logIndex = event(
        at,
        'system',
        'evidence.seal',
        'succeeded',
        { type: 'evidence-package', id: sealed.id },
        {
          approvalRef: workflow.approvalRef,
          requestId: workflow.requestId,
          metadata: { merkleRoot: sealed.merkleRoot },
        },
      );
      Object.assign(workflow, { endedAt: at, evidencePackageId: sealed.id });
      request.evidencePackageId = sealed.id;
    }
    request.workflowState = workflow.state;
    return workflow;
  };

  data.cancel = (request) => {
    const at = new Date().toISOString();
    Object.assign(request, { state: 'cancelled', workflowState: 'cancelled' });
    Object.assign(
      data.approvals.find(({ id: candidate }) => candidate === request.approvalId),
      { state: 'withdrawn' },
    );
    Object.assign(
      data.workflows.find(({ id: candidate }) => candidate === request.workflowId),
      { state: 'cancelled', endedAt: at },
    );
    return request;
  };

  data.retry = (workflow) => {
    Object.assign(workflow, { state: 'running', failure: undefined, endedAt: undefined, progress: 0 });
    return workflow;
  };

  data.observe = (connectorId) => {
    const observation = {
      id: randomUUID(),
      connectorId,
      state: 'completed',
      startedAt: new Date().toISOString(),
      endedAt: new Date().toISOString(),
      accounts: 214,
      entitlements: 46,
      assignments: 2104,
    };
    data.observations.unshift(observation);
    return observation;
  };

  history(data, member, ago);
  return data;
}

function history(data, member, ago) {
  const [admin, approver, requester, owner] = ['admin', 'approver', 'requester', 'owner'].map(member);
  const pick = (name) => data.entitlements.find((entitlement) => entitlement.name === name);
  const account = (entitlement) =>
    data.accounts.find(({ connectorId }) => connectorId === entitlement.connectorId);
  const ask = (name, justification, distance, who = requester) => {
    const entitlement = pick(name);
    return data.makeRequest({
      requester: who,
      entitlement,
      account: account(entitlement),
      justification,
      at: ago(distance),
    });
  };
  const finish = (made, distance) => {
    while (made.workflow.state !== 'completed') data.advance(made.workflow, ago((distance -= 700)));
    delete made.workflow.progress;
  };

  const done = ask(
    'Invoice reader',
    'Month-end closing for the plant in Graz, until the new clerk starts.',
    26 * HOUR,
  );
  data.decide(
    done.approval,
    approver,
    { verdict: 'approve', reason: 'Covers the vacancy; read only.' },
    ago(25 * HOUR),
  );
  finish(done, 25 * HOUR - 1_000);

  const failed = ask('shift-leads', 'I lead the night shift from Monday on.', 5 * HOUR);
  data.decide(
    failed.approval,
    approver,
    { verdict: 'approve', reason: 'Confirmed with the plant manager.' },
    ago(4 * HOUR),
  );
  Object.assign(failed.workflow, {
    state: 'failed',
    endedAt: ago(3 * HOUR),
    failure: {
      class: 'connector',
      reason: 'Plant directory refused the connection five times in an hour. Check that it runs, then retry.',
    },
  });
  delete failed.workflow.progress;
  Object.assign(failed.workflow.steps[0], { state: 'failed', attempts: 5 });
  failed.workflow.timeline.push({
    at: ago(3 * HOUR),
    kind: 'failed',
    title: 'Failed',
    detail: 'Connection refused',
  });
  failed.request.workflowState = 'failed';

  const rejected = ask('realm-admin', 'It would be convenient.', 2 * DAY);
  data.decide(
    rejected.approval,
    admin,
    { verdict: 'reject', reason: 'Convenience is not a need; ask for helpdesk instead.' },
    ago(47 * HOUR),
  );

  ask('helpdesk', 'I answer password questions of the second shift.', 35 * MINUTE);
  ask(
    'Payment approver',
    'Stands in for Petra during her leave, 24 November to 5 December. Covers the supplier runs on Tuesdays and Fridays.',
    2 * HOUR,
  );
  const critical = ask(
    'billing_owner',
    'Schema migration of the invoice tables, change 4711.',
    18 * MINUTE,
    admin,
  );
  data.decide(
    critical.approval,
    owner,
    { verdict: 'approve', reason: 'Planned change, reviewed in the weekly.' },
    ago(9 * MINUTE),
  );
}

function seal(data, workflow, at) {
  const approval = data.approvals.find(({ id: candidate }) => candidate === workflow.approvalRef);
  const [step] = workflow.plan.steps;
  const order = {
    operation: step.operation,
    account: step.account.nativeId,
    entitlement: step.entitlement.nativeId,
  };
  const contents = [
    [
      'access-evaluation',
      {
        requester: workflow.plan.requester,
        risk: approval.risk,
        justification: workflow.plan.justification,
        policy: { name: `risk-${approval.risk}`, stages: stagesOf(approval.risk) },
      },
    ],
    [
      'approval',
      {
        approvalId: approval.id,
        planHash: workflow.planHash,
        plan: workflow.plan,
        state: 'granted',
        decisions: approval.decisions,
      },
    ],
    [
      'pre-change-snapshot',
      {
        step: 1,
        connectorId: step.connectorId,
        account: { nativeId: step.account.nativeId, exists: true, enabled: true },
        held: false,
      },
    ],
    [
      'execution-log',
      {
        step: 1,
        approvalRef: approval.id,
        planHash: workflow.planHash,
        attempt: 1,
        order,
        outcome: 'changed',
        terminal: true,
      },
    ],
    ['validation-result', { step: 1, expected: { held: true }, observed: { held: true }, result: 'passed' }],
  ];
  const records = contents.map(([type, content], place) => {
    const record = {
      type,
      id: randomUUID(),
      at: new Date(Date.parse(at) - 4_000 + place * 900).toISOString(),
      content,
    };
    return { ...record, hash: leafOf(record).toString('hex') };
  });
  const sealed = {
    id: randomUUID(),
    workflowId: workflow.id,
    outcome: 'completed',
    sealedAt: at,
    merkleRoot: rootOf(records.map(({ hash }) => Buffer.from(hash, 'hex'))).toString('hex'),
    planHash: workflow.planHash,
    logIndex: 0,
    records,
    signatures: [
      {
        keyId: '7be1a0c4',
        algorithm: 'ed25519',
        signature: 'q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4mrze8BI0VnCg==',
      },
      { keyId: '19c2d5f0', algorithm: 'ml-dsa-65', signature: `${'c2lnbmF0dXJl'.repeat(60)}==` },
    ],
  };
  data.packages.unshift(sealed);
  return sealed;
}

function stagesOf(risk) {
  const security = { name: 'Security', quorum: risk === 'critical' ? 2 : 1, roles: ['admin', 'owner'] };
  const line = { name: 'Line', quorum: 1, roles: ['approver', 'admin', 'owner'] };
  return risk === 'critical' ? [line, security] : [line];
}

function members() {
  const names = {
    owner: 'Olga Owner',
    admin: 'Adam Admin',
    approver: 'Ana Approver',
    requester: 'Rosa Requester',
    auditor: 'Aldo Auditor',
    readonly: 'Rita Reader',
  };
  return Object.entries(names).map(([role, displayName], at) => ({
    memberId: id(0x100 + at),
    displayName,
    email: `${role}@acme.example`,
    role,
    state: 'active',
    version: 1,
  }));
}

function connector(kind, name, health, lastObservedAt, accounts, entitlements) {
  const number = { keycloak: 1, postgresql: 2, ldap: 3 }[kind];
  return {
    id: id(0x200 + number),
    kind,
    name,
    state: 'active',
    health,
    lastObservedAt,
    accounts,
    entitlements,
    capabilities: ['observe', 'grant', 'revoke', 'disable'],
    version: 1,
  };
}

function entitlementsOf({ id: connectorId, name: connectorName, kind }) {
  const named = {
    keycloak: [
      ['realm-role', 'helpdesk', 'Reset passwords and unlock accounts of the second shift', 'medium', 12],
      ['realm-role', 'realm-admin', 'Everything in the workforce realm', 'critical', 2],
      ['group', 'Payment approver', 'Release supplier payments up to 50 000 euro', 'high', 7],
      ['group', 'Travel booking', 'Book travel at company rates', 'low', 96],
    ],
    postgresql: [
      ['database-role', 'Invoice reader', 'Read invoices and their lines', 'low', 34],
      [
        'database-role',
        'billing_owner',
        'Owns the schema billing: may change and drop its tables',
        'critical',
        2,
      ],
      ['database-role', 'billing_writer', 'Write invoices and credit notes', 'high', 9],
    ],
    ldap: [
      ['group', 'shift-leads', 'Open the plant, see the shift plan', 'medium', 18],
      ['group', 'laboratory', '', 'low', 23],
    ],
  }[kind];
  const departments = [
    'Assembly',
    'Logistics',
    'Quality',
    'Tooling',
    'Paint shop',
    'Purchasing',
    'Sales',
    'Finance',
    'Maintenance',
    'Training',
    'Canteen',
    'Safety',
  ];
  const more = departments.map((name, at) => [
    'group',
    `${name} staff`,
    `Everybody who works in ${name.toLowerCase()}`,
    at % 5 === 0 ? 'medium' : 'low',
    8 + ((at * 7) % 40),
  ]);
  return [...named, ...more].map(([entitlementKind, name, description, risk, holders], at) => ({
    id: id(0x1000 * (1 + ['keycloak', 'postgresql', 'ldap'].indexOf(kind)) + at),
    connectorId,
    connectorName,
    kind: entitlementKind,
    nativeId: kind === 'ldap' ? `cn=${name},ou=groups,dc=acme,dc=example` : name,
    name,
    description,
    risk,
    holders,
    held: name === 'Travel booking' || name === 'Invoice reader',
    version: 1,
    stages: stagesOf(risk),
  }));
}

function driftOf(data, ago) {
  const people = [
    'Nadia Brandt',
    'Tomás Herrera',
    'Łukasz Nowak',
    'Ines Aguiar',
    'Jonas Weber',
    'Mei Tanaka',
    'Sven Lindqvist',
  ];
  return people.map((accountName, at) => {
    const entitlement = data.entitlements[(at * 5) % 30];
    const missing = at % 3 === 2;
    return {
      accountId: id(0xc00 + at),
      accountName,
      entitlementId: entitlement.id,
      entitlementName: entitlement.name,
      connectorId: entitlement.connectorId,
      connectorName: entitlement.connectorName,
      approved: missing,
      observed: !missing,
      drift: missing ? 'missing-access' : 'unapproved-access',
      since: ago((at + 1) * 9 * HOUR),
    };
  });
}

function id(number) {
  return `01998a52-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
}
