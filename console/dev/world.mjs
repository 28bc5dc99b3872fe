// An organization in memory that answers like the API: for the tests of the console, and for looking at it
// without a server (dev/serve.mjs). It decides nothing that matters; the server does.
import { fixtures } from './fixtures.mjs';
import { createLogKeys } from './logKeys.mjs';
import { canonicalOf, hashOf, leafOf, pathOf, rootOf } from './hashing.mjs';

const PERMISSIONS = {
  approver: [
    'organization:read',
    'members:read',
    'requests:create',
    'requests:read',
    'workflows:read',
    'approvals:read',
    'approvals:decide',
    'catalogue:read',
    'connectors:read',
    'agents:read',
    'findings:read',
  ],
  requester: [
    'organization:read',
    'members:read-own',
    'requests:create',
    'requests:read-own',
    'workflows:read-own',
    'catalogue:read',
  ],
  auditor: [
    'organization:read',
    'members:read',
    'requests:read',
    'workflows:read',
    'approvals:read',
    'catalogue:read',
    'connectors:read',
    'agents:read',
    'findings:read',
    'audit:read',
    'evidence:read',
  ],
  readonly: [
    'organization:read',
    'members:read-own',
    'requests:read',
    'workflows:read',
    'catalogue:read',
    'connectors:read',
    'agents:read',
    'findings:read',
  ],
};
const ALL_BUT_OWNERS = [
  ...new Set([
    ...PERMISSIONS.approver,
    ...PERMISSIONS.auditor,
    'organization:change',
    'members:manage',
    'workflows:operate',
    'connectors:manage',
    'agents:manage',
    'catalogue:change',
  ]),
];
PERMISSIONS.owner = [...ALL_BUT_OWNERS, 'organization:federate', 'members:manage-owners', 'audit:rotate-key'];
PERMISSIONS.admin = ALL_BUT_OWNERS;

export function createWorld({ role = 'owner', now = Date.now() } = {}) {
  const data = fixtures(now);
  const logKeys = createLogKeys(data.organization.id, new Date(now - 3_600_000).toISOString());
  const permissions = PERMISSIONS[role];
  const self = data.members.find((member) => member.role === role);

  const me = {
    subject: `sub-${role}`,
    memberId: self.memberId,
    displayName: self.displayName,
    email: `${role}@acme.example`,
    role,
    permissions,
    acr: 'pwd',
    organization: data.organization,
    organizations: [data.organization],
    csrfToken: 'csrf-1',
  };

  const leaves = () => data.events.map((event) => leafOf(event));
  const summary = (event) => ({
    sequence: event.sequence,
    id: event.id,
    at: event.at,
    actor: event.actor,
    action: event.action,
    outcome: event.outcome,
    target: event.target,
    approvalRef: event.approvalRef,
    requestId: event.requestId,
    leafHash: leafOf(event).toString('hex'),
  });

  /** As the server: what is given holds together. */
  function eventsLike(query) {
    const asks = (name, holds) => !query.has(name) || holds(query.get(name));
    const named = (event, id) => [event.approvalRef, event.requestId, event.target.id].includes(id);
    const matter = new Set(
      data.events
        .filter((event) => named(event, query.get('following')))
        .flatMap(({ approvalRef, requestId }) => [approvalRef, requestId])
        .concat(query.get('following'))
        .filter((id) => id !== undefined),
    );
    return [...data.events]
      .reverse()
      .filter(
        (event) =>
          asks('actor', (actor) => `${event.actor.type}:${event.actor.id}` === actor) &&
          asks('action', (action) =>
            action.endsWith('.') ? event.action.startsWith(action) : event.action === action,
          ) &&
          asks('outcome', (outcome) => event.outcome === outcome) &&
          asks('targetType', (type) => event.target.type === type) &&
          asks('targetId', (id) => event.target.id === id) &&
          asks('approvalRef', (id) => event.approvalRef === id) &&
          asks('requestId', (id) => event.requestId === id) &&
          asks('from', (from) => Date.parse(event.at) >= Date.parse(from)) &&
          asks('to', (to) => Date.parse(event.at) < Date.parse(to)) &&
          asks('following', () => [...matter].some((id) => named(event, id))),
      );
  }

  function approvalOf(approval) {
    const whyNot =
      approval.state !== 'open'
        ? 'approval-closed'
        : approval.requester.memberId === me.memberId
          ? 'self-approval'
          : approval.decisions.some(({ member }) => member.memberId === me.memberId)
            ? 'already-decided'
            : permissions.includes('approvals:decide')
              ? null
              : 'not-eligible';
    return { ...approval, mayDecide: whyNot === null, ...(whyNot === null ? {} : { whyNot }) };
  }

  function submit(body) {
    if (typeof body.justification !== 'string' || body.justification.trim() === '') {
      return problem(400, 'invalid-field', 'A field is not valid', [
        { pointer: '/justification', detail: 'must not be blank' },
      ]);
    }
    const entitlement = data.entitlements.find(({ id }) => id === body.entitlementId);
    const account = data.accounts.find(({ id }) => id === body.accountId);
    if (entitlement === undefined || account === undefined) return problem(404, 'not-found', 'Not found');
    if (entitlement.held && body.operation === 'grant') return problem(409, 'already-held', 'Already held');
    const made = data.makeRequest({ requester: me, entitlement, account, ...body });
    return [201, made.request];
  }

  function decide(approval, body) {
    if (approval.planHash !== body.planHash) return problem(409, 'plan-changed', 'The plan changed');
    const answer = approvalOf(approval);
    if (!answer.mayDecide) return problem(409, answer.whyNot, 'The decision is refused');
    data.decide(approval, me, body);
    return [201, approvalOf(approval)];
  }

  function changeMember(member, patch, ifMatch) {
    if (ifMatch !== `"${member.version}"`) return problem(412, 'stale-version', 'The object has changed');
    const otherOwner = data.members.some(
      (other) => other !== member && other.role === 'owner' && other.state === 'active',
    );
    if (member.role === 'owner' && !otherOwner && patch.role !== 'owner') {
      return problem(409, 'last-owner', 'The organization would have no active owner');
    }
    Object.assign(member, patch, { version: member.version + 1 });
    return [200, { ...member }];
  }

  function changePolicy(policy, ifMatch) {
    if (ifMatch !== `"${data.policy.version}"`)
      return problem(412, 'stale-version', 'The object has changed');
    Object.assign(data.policy, policy, { version: data.policy.version + 1 });
    return [200, { ...data.policy }];
  }

  /** As the server, for one who signed in with a password from 127.0.0.1, and two others who are signed in. */
  function lockoutUnder(policy) {
    const because = [
      ...(policy.ipAllowlist.length > 0 && !policy.ipAllowlist.includes('127.0.0.1') ? ['address'] : []),
      ...(policy.loginMethods.includes('password') ? [] : ['method']),
      ...(policy.mfaRequired === 'nobody' ? [] : ['mfa']),
    ];
    const others = data.members.filter(({ memberId }) => memberId !== me.memberId).slice(0, 2);
    const members = because.length === 0 ? [] : [me, ...others];
    return [
      200,
      {
        signedIn: 3,
        lockedOut: members.length,
        members: members.map(({ memberId, displayName }, place) => ({
          member: { memberId, displayName },
          sessions: 1,
          entirely: place !== 2,
          because,
        })),
        yourself: because,
      },
    ];
  }

  const ZONE = 'nuxari-domain-verification=';
  const domains = [];

  /** Domains whose name begins with what a look is to find: `other-values.example`. */
  const outcomeFor = ({ domain }) =>
    ['no-record', 'other-values', 'no-such-name', 'server-failure', 'no-answer', 'held-elsewhere'].find(
      (outcome) => domain.startsWith(outcome),
    ) ?? 'found';

  function addDomain({ domain }) {
    if (domain === 'co.uk') return problem(400, 'invalid-field', 'A field has a value that is not possible');
    if (domains.some((one) => one.domain === domain)) {
      return problem(409, 'domain-already-added', 'The organization has this domain already');
    }
    const number = String(domains.length).padStart(2, '0');
    domains.unshift({
      id: `019b0000-0000-7000-8000-0000000001${number}`,
      domain,
      state: 'pending',
      record: { name: `_nuxari-challenge.${domain}`, value: `${ZONE}${'0'.repeat(30)}${number}` },
      addedAt: new Date(now).toISOString(),
    });
    return [201, { ...domains[0] }];
  }

  function checkDomain(domain) {
    if (domain === undefined) return problem(404, 'no-such-domain', 'No such domain');
    const outcome = outcomeFor(domain);
    domain.lastCheck = { at: new Date(now).toISOString(), outcome };
    if (outcome === 'found') Object.assign(domain, { state: 'verified', verifiedAt: domain.lastCheck.at });
    const otherValues = outcome === 'other-values' ? ['v=spf1 -all'] : [];
    return [201, { domain: { ...domain }, outcome, otherValues, aliases: [] }];
  }

  const invites = [];

  function invite({ email, role }) {
    if (invites.some((one) => one.email === email && one.state === 'open')) {
      return problem(409, 'invite-already-open', 'There is an open invitation for this address');
    }
    const at = new Date(now).toISOString();
    invites.unshift({
      id: `019b0000-0000-7000-8000-00000000020${invites.length}`,
      email,
      role,
      state: 'open',
      invitedBy: { memberId: me.memberId, displayName: me.displayName },
      invitedAt: at,
      expiresAt: new Date(now + 7 * 86_400_000).toISOString(),
      delivery: email.startsWith('failing')
        ? { state: 'failing', queuedAt: at, attempts: 1, triedAt: at, failure: 'no-connection' }
        : { state: 'sent', queuedAt: at, attempts: 1, triedAt: at },
    });
    return [201, { ...invites[0] }];
  }

  const INVITATION = 'Bearer nxi_open';

  /** What a mail's link opens; one token does. */
  function invitation(token, path) {
    if (token !== INVITATION) {
      return problem(404, 'invite-opens-nothing', 'This invitation opens nothing');
    }
    return path === '/acceptances'
      ? [201, { next: '/login/start?returnTo=/&maxAge=0' }]
      : [
          200,
          {
            organizationName: 'Acme Corporation',
            role: 'approver',
            invitedBy: 'Olga Owner',
            expiresAt: new Date(now + 86_400_000).toISOString(),
          },
        ];
  }

  const providers = [];

  /** As it is shown: what was written, without the secret. */
  function providerOf({ clientSecret, metadataXml, ...written }, before) {
    const id = before?.id ?? `019b0000-0000-7000-8000-0000000002${String(providers.length).padStart(2, '0')}`;
    const endpoint = `https://id.example/realms/nuxari/broker/org-${id}/endpoint`;
    return {
      groups: [],
      groupsClaim: '',
      ...written,
      id,
      hasSecret: clientSecret !== undefined || before?.hasSecret === true,
      certificates:
        written.preset === 'saml'
          ? [{ fingerprint: 'c'.repeat(64), notAfter: new Date(now + 31_536_000_000).toISOString() }]
          : [],
      // Providers with this name publish what cannot be used.
      ...(written.name.startsWith('metadata-changed') && {
        metadata: {
          readAt: new Date(now).toISOString(),
          failingSince: new Date(now - 86_400_000).toISOString(),
          failure: 'metadata-changed',
        },
      }),
      atTheProvider: {
        redirectUri: endpoint,
        entityId: 'https://id.example/realms/nuxari',
        metadataUrl: `${endpoint}/descriptor`,
      },
      createdAt: before?.createdAt ?? new Date(now).toISOString(),
      version: (before?.version ?? 0) + 1,
    };
  }

  /** Providers whose name begins with what is in the way: `client-refused`. */
  const findingsOf = ({ name }) =>
    ['client-refused', 'issuer-mismatch'].filter((finding) => name.startsWith(finding));

  function changeProvider(id, body) {
    const at = providers.findIndex((one) => one.id === id);
    if (at < 0) return problem(404, 'no-such-identity-provider', 'No such identity provider');
    if (body.state === 'enabled' && findingsOf(body).length > 0) {
      return problem(409, 'identity-provider-not-ready', 'The identity provider cannot be enabled as it is');
    }
    providers[at] = providerOf(body, providers[at]);
    return [200, { ...providers[at] }];
  }

  const agents = [];
  const ENROLLED = new Date(now - 86_400_000).toISOString();
  const ACTION_TYPES = [
    {
      type: 'file-mode.set',
      parameters: [
        { name: 'path', form: 'text', required: true, words: [] },
        { name: 'mode', form: 'whole', required: true, words: [], least: 0, most: 511 },
      ],
    },
    {
      type: 'account.unlock',
      parameters: [
        { name: 'account', form: 'text', required: true, words: [] },
        { name: 'expires', form: 'whole', required: false, words: [], least: 2, most: 100_000 },
      ],
    },
    {
      type: 'service.restart',
      parameters: [
        { name: 'service', form: 'text', required: true, words: [] },
        { name: 'since', form: 'moment', required: true, words: [] },
      ],
    },
  ];

  function addAgent({ name }) {
    const agent = {
      id: `019d0000-0000-7000-8000-0000000000${String(agents.length).padStart(2, '0')}`,
      name,
      state: 'pending',
      packagesInFlight: 0,
      warnings: [],
      createdAt: new Date(now).toISOString(),
    };
    agents.unshift({
      agent,
      findings: [],
      enrolmentTokens: [],
      packages: [],
      receipts: [],
      observations: [],
    });
    return agents[0];
  }

  /** An agent that a host has become, with one order that is done and one that waits. */
  function seedAgent({ name, seenAgo = 20_000, health = {}, warnings = [], findings = [], refusal }) {
    const detail = addAgent({ name });
    const { id } = detail.agent;
    Object.assign(detail.agent, {
      state: 'active',
      health: seenAgo < 180_000 ? 'online' : seenAgo < 3_600_000 ? 'late' : 'silent',
      packagesInFlight: 1,
      warnings,
      host: {
        name: `${name}.example`,
        keyThumbprint: 'q'.repeat(43),
        version: '0.1.0',
        capabilities: ['file-mode.set', 'account.unlock'],
        enrolledAt: ENROLLED,
        lastSeenAt: new Date(now - seenAgo).toISOString(),
      },
    });
    const sent = (sequence, more) => ({
      id: `${id.slice(0, -4)}00${sequence}0`,
      workflowId: data.workflows[0].id,
      approvalId: data.approvals[0].id,
      step: 1,
      sequence,
      createdAt: ENROLLED,
      expiresAt: new Date(now + 6 * 86_400_000).toISOString(),
      ...more,
    });
    detail.findings = findings.map(([severity, rule], at) => ({
      id: `019f0000-0000-7000-8000-0000000000${String(at).padStart(2, '0')}`,
      severity,
      rule,
      firstSeenAt: ENROLLED,
      lastSeenAt: ENROLLED,
    }));
    detail.packages = [sent(2, {}), sent(1, { outcome: 'changed' })];
    const file = (mode) => ({ kind: 'file-mode', values: { present: true, mode } });
    detail.receipts = [
      {
        number: 2,
        outcome: 'rejected',
        reason: 'not-allowed',
        at: ENROLLED,
        receivedAt: ENROLLED,
        content: { before: null, after: null },
      },
      {
        number: 1,
        packageId: detail.packages[1].id,
        outcome: 'changed',
        at: ENROLLED,
        receivedAt: ENROLLED,
        content: { before: file(420), after: file(493) },
      },
    ];
    if (refusal !== undefined) {
      const release = (more) => ({ kind: 'agent-release', values: { version: '0.1.0', ...more } });
      detail.receipts.unshift({
        number: 3,
        outcome: 'failed',
        reason: 'undone',
        at: ENROLLED,
        receivedAt: ENROLLED,
        content: { before: release({}), after: release({ refusal }) },
      });
    }
    const values = { version: '0.1.0', policy: 'valid', log: 'followed', clockDifference: 0, ...health };
    detail.observations = [
      {
        source: 'agent-health',
        number: 1,
        at: ENROLLED,
        content: { sourceVersion: 1, summaries: [{ kind: 'agent-health', values }] },
      },
      {
        source: 'linux-posture',
        number: 2,
        at: ENROLLED,
        content: {
          sourceVersion: 7,
          summaries: [
            { kind: 'posture-check', values: { check: 'accounts-uid-0', version: 1, result: 'pass' } },
          ],
        },
      },
    ];
    return id;
  }

  const agentDetail = ({ agent, ...rest }) => ({
    agent: { ...agent },
    actionTypes: ACTION_TYPES.map((type) => ({
      ...type,
      known: agent.host?.capabilities.includes(type.type) === true,
    })),
    ...structuredClone(rest),
  });

  /** As the server: the token is in this answer and nowhere else, and ends the others. */
  function issueEnrolment(detail) {
    if (detail.agent.state !== 'pending') return problem(409, 'agent-enrolled', 'The agent has enrolled');
    const at = new Date(now).toISOString();
    for (const token of detail.enrolmentTokens) token.revokedAt ??= at;
    const id = `019e0000-0000-7000-8000-0000000000${String(detail.enrolmentTokens.length).padStart(2, '0')}`;
    const expiresAt = new Date(now + 86_400_000).toISOString();
    detail.enrolmentTokens.unshift({ id, createdAt: at, createdBy: me.memberId, expiresAt });
    const token = `nxe_${'a'.repeat(26)}_${'0'.repeat(43)}`;
    const fingerprint = 'f'.repeat(64);
    const command = `nuxari agent enroll --server https://nuxari.example --token ${token} --fingerprint ${fingerprint}`;
    return [201, { id, token, fingerprint, command, expiresAt }];
  }

  function revokeEnrolment(detail, tokenId) {
    const token = detail.enrolmentTokens.find(({ id }) => id === tokenId);
    if (token === undefined) return problem(404, 'no-such-enrolment-token', 'No such enrolment token');
    token.revokedAt ??= new Date(now).toISOString();
    return [201, agentDetail(detail)];
  }

  function endAgent({ agent }, { lost }) {
    Object.assign(agent, { state: lost ? 'lost' : 'revoked', endedAt: new Date(now).toISOString() });
    Object.assign(agent, { health: undefined, warnings: [] });
    return [201, { ...agent }];
  }

  function orderAction({ agent }, { type, parameters, justification }) {
    if (agent.state !== 'active') return problem(409, 'agent-not-active', 'The agent does not act');
    const { approval, workflow } = data.makeRequest({
      requester: self,
      entitlement: { connectorId: agent.id, connectorName: agent.name, risk: 'high' },
      account: { memberId: null, nativeId: agent.id, displayName: agent.host.name },
      operation: 'perform',
      justification,
      action: { agentId: agent.id, type, parameters },
    });
    return [201, { workflowId: workflow.id, approvalId: approval.id, planHash: approval.planHash }];
  }

  function agentsLike(query) {
    const text = (query.get('query') ?? '').toLowerCase();
    return where(
      agents.map(({ agent }) => ({ ...agent })),
      query,
      ['state', 'health'],
    )
      .filter(({ name, host }) => `${name} ${host?.name ?? ''}`.toLowerCase().includes(text))
      .sort((one, other) => one.name.toLowerCase().localeCompare(other.name.toLowerCase()));
  }

  const inAgent = (id, act) => {
    const detail = agents.find(({ agent }) => agent.id === id);
    return detail === undefined ? problem(404, 'no-such-agent', 'No such agent') : act(detail);
  };

  const directories = [];
  const MOST_DIRECTORIES = 10;
  const MOST_TOKENS = 5;
  const DIRECTORY_RANKS = ['readonly', 'requester', 'auditor', 'approver', 'admin'];

  /** As the server: what is wrong with the settings of a directory, if anything is. */
  function wrongDirectory({ defaultRole, ceiling, groupRoles }) {
    const above = (role) => DIRECTORY_RANKS.indexOf(role) > DIRECTORY_RANKS.indexOf(ceiling);
    const known = groupRoles.map(({ matchedBy, value }) => `${matchedBy}/${value}`);
    const field =
      (!DIRECTORY_RANKS.includes(ceiling) && 'ceiling') ||
      (above(defaultRole) && 'defaultRole') ||
      ((groupRoles.some(({ role }) => above(role)) || new Set(known).size < known.length) && 'groupRoles');
    return field
      ? problem(400, 'invalid-field', 'A field is not valid', [
          { pointer: `/${field}`, detail: 'is not possible' },
        ])
      : undefined;
  }

  /** The tokens that still open something, without what opens it. */
  const directoryDetail = ({ tokens, ...directory }) => ({
    directory: { ...directory },
    tokens: tokens
      .filter(({ endsAt }) => endsAt === undefined || Date.parse(endsAt) > now)
      .map((token) => ({ ...token })),
  });

  function addDirectory(body) {
    if (directories.length >= MOST_DIRECTORIES) {
      return problem(409, 'too-many-directories', 'The organization has as many directories as it may have');
    }
    const wrong = wrongDirectory(body);
    if (wrong !== undefined) return wrong;
    const directory = {
      state: 'active',
      ...body,
      id: `019b0000-0000-7000-8000-0000000003${String(directories.length).padStart(2, '0')}`,
      baseUrl: `https://nuxari.example/scim/v2/${data.organization.id}`,
      createdAt: new Date(now).toISOString(),
      version: 1,
      tokens: [],
    };
    directories.unshift(directory);
    return [201, directoryDetail(directory).directory];
  }

  function changeDirectory(directory, body, ifMatch) {
    if (ifMatch !== `"${directory.version}"`) return problem(412, 'stale-version', 'The object has changed');
    const wrong = wrongDirectory(body);
    if (wrong !== undefined) return wrong;
    Object.assign(directory, body, { version: directory.version + 1 });
    return [200, directoryDetail(directory).directory];
  }

  /** As the server: the token is in this answer and nowhere else, and ends the others. */
  function issueDirectoryToken(directory, overlapHours = 0) {
    if (directoryDetail(directory).tokens.length >= MOST_TOKENS) {
      return problem(409, 'too-many-directory-tokens', 'The directory has as many tokens as it may have');
    }
    const ends = now + overlapHours * 3_600_000;
    for (const token of directory.tokens) {
      if (token.endsAt === undefined || Date.parse(token.endsAt) > ends) {
        token.endsAt = new Date(ends).toISOString();
      }
    }
    const place = String(directory.tokens.length).padStart(2, '0');
    const id = `019b0000-0000-7000-8000-0000000004${place}`;
    directory.tokens.unshift({ id, createdAt: new Date(now).toISOString(), createdBy: me.memberId });
    return [
      201,
      { id, token: `nxs_${'a'.repeat(26)}_${'0'.repeat(41)}${place}_000000`, baseUrl: directory.baseUrl },
    ];
  }

  function revokeDirectoryToken(directory, tokenId) {
    const token = directory.tokens.find(({ id }) => id === tokenId);
    if (token === undefined) {
      return problem(404, 'no-such-directory-token', 'No such token of this directory');
    }
    token.endsAt = new Date(now).toISOString();
    return [201, directoryDetail(directory)];
  }

  const inDirectory = (id, act) => {
    const directory = directories.find((one) => one.id === id);
    return directory === undefined ? problem(404, 'no-such-directory', 'No such directory') : act(directory);
  };

  function membersLike(query) {
    const text = (query.get('query') ?? '').toLowerCase();
    return where(data.members, query, ['role', 'state'])
      .filter(({ displayName, email }) => `${displayName} ${email}`.toLowerCase().includes(text))
      .map((member) => ({ ...member }));
  }

  const locked = new Set(
    data.members
      .filter(({ displayName }) => displayName === 'Rosa Requester')
      .map(({ memberId }) => memberId),
  );
  const sessions = data.members.flatMap(({ memberId }, at) =>
    [...(memberId === me.memberId ? ['127.0.0.1'] : []), `198.51.100.${at + 1}`].map((address, place) => ({
      id: `019c0000-0000-7000-8000-0000000000${at}${place}`,
      memberId,
      begunAt: new Date(now - 3_600_000).toISOString(),
      lastSeenAt: new Date(now - 60_000).toISOString(),
      expiresAt: new Date(now + 36_000_000).toISOString(),
      address,
      method: 'password',
      secondFactor: false,
      current: memberId === me.memberId && place === 0,
    })),
  );

  const credentials = [
    {
      id: 'c1',
      kind: 'password',
      createdAt: new Date(now - 90 * 86_400_000).toISOString(),
      removable: false,
    },
    {
      id: 'c2',
      kind: 'passkey',
      label: 'Blue key',
      createdAt: new Date(now - 40 * 86_400_000).toISOString(),
      removable: true,
    },
    {
      id: 'c3',
      kind: 'totp',
      label: 'My phone',
      createdAt: new Date(now - 3 * 86_400_000).toISOString(),
      removable: true,
    },
  ];

  function removeCredential({ credentialId }) {
    const at = credentials.findIndex(({ id, removable }) => id === credentialId && removable);
    if (at < 0) return problem(404, 'no-such-credential', 'No such passkey or authenticator app');
    if (
      data.policy.mfaRequired === 'everybody' &&
      credentials.filter(({ removable }) => removable).length === 1
    )
      return problem(409, 'last-second-factor', 'It is your last second factor');
    credentials.splice(at, 1);
    endSessions(({ memberId, current }) => memberId === me.memberId && !current);
    return [201, { items: [...credentials] }];
  }

  function endSessions(ends) {
    const before = sessions.length;
    sessions.splice(0, before, ...sessions.filter((session) => !ends(session)));
    return before - sessions.length;
  }

  const shares = [];
  const TOKEN = 'nxl_aaaaaaaaaaaaaaaaaaaaaaaaaa_';

  /** As the server: the token is in this answer and nowhere else. */
  function share(what, body) {
    if (typeof body.recipient !== 'string' || body.recipient.trim() === '') {
      return problem(400, 'invalid-field', 'A field is not valid');
    }
    const created = {
      id: `019b0000-0000-7000-8000-00000000000${shares.length}`,
      state: 'active',
      recipient: body.recipient,
      ...what,
      createdBy: { memberId: me.memberId, displayName: me.displayName },
      createdAt: new Date(now).toISOString(),
      expiresAt: new Date(now + body.validDays * 86_400_000).toISOString(),
      ...(body.mostUses === undefined ? {} : { mostUses: body.mostUses }),
      uses: 0,
    };
    shares.unshift(created);
    return [201, { share: { ...created }, token: TOKEN + created.id }];
  }

  const trailOf = (link) => [
    {
      sequence: 3,
      at: link.createdAt,
      action: 'share.open',
      outcome: 'succeeded',
      byTheHolder: true,
      network: '198.51.100.7',
      userAgent: 'Mozilla/5.0',
    },
  ];

  /** What the holder of a token is answered. */
  function shared(token, path, query) {
    const link = shares.find(({ id, state }) => token === `Bearer ${TOKEN}${id}` && state === 'active');
    if (link === undefined) return problem(404, 'no-such-share', 'No such link');
    const { id, recipient, packageId, filter, createdAt, expiresAt } = link;
    if (path === '') {
      const { id: organizationId, name: organizationName } = data.organization;
      return [
        200,
        { id, organizationId, organizationName, recipient, packageId, filter, createdAt, expiresAt },
      ];
    }
    if (path === '/evidence-package') return one(data.packages, packageId);
    const events = eventsLike(new URLSearchParams(filter)).map((event) => ({
      sequence: event.sequence,
      leafHash: leafOf(event).toString('hex'),
      event,
    }));
    if (path === '/audit-events') return page(events, query);
    return one(events, path.replace('/audit-events/', ''), ({ event }) => provenOf(event));
  }

  const provenOf = (event) => ({
    sequence: event.sequence,
    leafHash: leafOf(event).toString('hex'),
    treeSize: data.events.length,
    event,
    inclusionProof: pathOf(event.sequence, leaves()).map((hash) => hash.toString('hex')),
    checkpoint: logKeys.signed(
      `localhost/log/${data.organization.id}\n${data.events.length}\n${rootOf(leaves()).toString('base64')}\n`,
    ),
  });

  const one = (items, id, view = (item) => item) => {
    const item = items.find((candidate) => String(candidate.id ?? candidate.sequence) === id);
    return item === undefined ? problem(404, 'not-found', 'There is no such thing') : [200, view(item)];
  };

  const where = (items, query, names) =>
    items.filter((item) => names.every((name) => !query.has(name) || String(item[name]) === query.get(name)));

  function page(items, query) {
    const from = Number(query.get('cursor') ?? 0);
    const limit = Number(query.get('limit') ?? 50);
    const next = from + limit < items.length ? { nextCursor: String(from + limit) } : {};
    return [200, { items: items.slice(from, from + limit), ...next }];
  }

  const summaryOf = ({ id, accounts, entitlements }) => ({
    connectorId: id,
    accounts,
    entitlements,
    approved: 2100,
    observed: 2104,
    drift: data.drift.filter(({ connectorId }) => connectorId === id).length,
  });

  // As the server: the list of workflows says how they are, not what they are about.
  const withoutPlan = ({ plan: _, steps: __, timeline: ___, ...workflow }) => workflow;

  const routes = [
    ['GET', /^\/members$/, (_, query) => page(membersLike(query), query)],
    [
      'PATCH',
      /^\/members\/([^/]+)$/,
      ([id], _, body, ifMatch) =>
        changeMember(
          data.members.find(({ memberId }) => memberId === id),
          body,
          ifMatch,
        ),
    ],
    [
      'GET',
      /^\/members\/([^/]+)\/sessions$/,
      ([id], query) =>
        page(
          sessions.filter(({ memberId }) => memberId === id).map(({ memberId: _, ...session }) => session),
          query,
        ),
    ],
    [
      'DELETE',
      /^\/members\/([^/]+)\/sessions\/([^/]+)$/,
      ([, id]) =>
        endSessions((session) => session.id === id) === 1
          ? [204]
          : problem(404, 'no-such-session', 'No such session'),
    ],
    [
      'POST',
      /^\/members\/([^/]+)\/sign-outs$/,
      ([id], _, { keepCurrent }) => [
        201,
        { ended: endSessions(({ memberId, current }) => memberId === id && !(keepCurrent && current)) },
      ],
    ],
    ['GET', /^\/members\/([^/]+)\/lock$/, ([id]) => [200, { locked: locked.has(id) }]],
    [
      'POST',
      /^\/members\/([^/]+)\/unlocks$/,
      ([id]) => {
        locked.delete(id);
        return [201, { locked: false }];
      },
    ],
    ['GET', /^\/identity-policy$/, () => [200, { ...data.policy }]],
    ['POST', /^\/identity-policy\/preview$/, (_, __, body) => lockoutUnder(body)],
    ['PUT', /^\/identity-policy$/, (_, __, body, ifMatch) => changePolicy(body, ifMatch)],
    [
      'GET',
      /^\/domains$/,
      (_, query) =>
        page(
          domains.map((domain) => ({ ...domain })),
          query,
        ),
    ],
    [
      'GET',
      /^\/invites$/,
      (_, query) =>
        page(
          invites.map((one) => ({ ...one })),
          query,
        ),
    ],
    ['POST', /^\/invites$/, (_, __, body) => invite(body)],
    [
      'POST',
      /^\/invites\/([^/]+)\/mailings$/,
      () => problem(429, 'invite-sent-too-soon', 'The invitation was sent a moment ago'),
    ],
    [
      'POST',
      /^\/invites\/([^/]+)\/revocations$/,
      ([id]) => [
        201,
        Object.assign(
          invites.find((one) => one.id === id),
          { state: 'revoked', settledAt: new Date(now).toISOString() },
        ),
      ],
    ],
    ['POST', /^\/domains$/, (_, __, body) => addDomain(body)],
    ['POST', /^\/domains\/([^/]+)\/checks$/, ([id]) => checkDomain(domains.find((one) => one.id === id))],
    [
      'POST',
      /^\/domains\/([^/]+)\/removals$/,
      ([id]) => [
        201,
        domains.splice(
          domains.findIndex((one) => one.id === id),
          1,
        )[0],
      ],
    ],
    [
      'GET',
      /^\/identity-providers$/,
      (_, query) =>
        page(
          providers.map((provider) => ({ ...provider })),
          query,
        ),
    ],
    [
      'POST',
      /^\/identity-providers$/,
      (_, __, body) => {
        providers.unshift(providerOf(body));
        return [201, { ...providers[0] }];
      },
    ],
    ['PUT', /^\/identity-providers\/([^/]+)$/, ([id], _, body) => changeProvider(id, body)],
    [
      'POST',
      /^\/identity-providers\/([^/]+)\/checks$/,
      ([id]) => {
        const findings = findingsOf(providers.find((one) => one.id === id));
        return [
          201,
          {
            good: findings.length === 0,
            findings: findings.map((finding) => ({ finding, inTheWay: true })),
          },
        ];
      },
    ],
    [
      'POST',
      /^\/identity-providers\/([^/]+)\/removals$/,
      ([id]) => [
        201,
        providers.splice(
          providers.findIndex((one) => one.id === id),
          1,
        )[0],
      ],
    ],
    [
      'GET',
      /^\/directories$/,
      () => [200, { items: directories.map((one) => directoryDetail(one).directory) }],
    ],
    ['POST', /^\/directories$/, (_, __, body) => addDirectory(body)],
    ['GET', /^\/directories\/([^/]+)$/, ([id]) => inDirectory(id, (one) => [200, directoryDetail(one)])],
    [
      'PUT',
      /^\/directories\/([^/]+)$/,
      ([id], _, body, ifMatch) => inDirectory(id, (one) => changeDirectory(one, body, ifMatch)),
    ],
    [
      'POST',
      /^\/directories\/([^/]+)\/tokens$/,
      ([id], _, { overlapHours }) => inDirectory(id, (one) => issueDirectoryToken(one, overlapHours)),
    ],
    [
      'POST',
      /^\/directories\/([^/]+)\/tokens\/([^/]+)\/revocations$/,
      ([id, tokenId]) => inDirectory(id, (one) => revokeDirectoryToken(one, tokenId)),
    ],
    ['GET', /^\/agents$/, (_, query) => page(agentsLike(query), query)],
    ['POST', /^\/agents$/, (_, __, body) => [201, { ...addAgent(body).agent }]],
    ['GET', /^\/agents\/([^/]+)$/, ([id]) => inAgent(id, (one) => [200, agentDetail(one)])],
    ['POST', /^\/agents\/([^/]+)\/enrolment-tokens$/, ([id]) => inAgent(id, issueEnrolment)],
    [
      'POST',
      /^\/agents\/([^/]+)\/enrolment-tokens\/([^/]+)\/revocations$/,
      ([id, tokenId]) => inAgent(id, (one) => revokeEnrolment(one, tokenId)),
    ],
    [
      'POST',
      /^\/agents\/([^/]+)\/revocations$/,
      ([id], _, body) => inAgent(id, (one) => endAgent(one, body)),
    ],
    ['POST', /^\/agents\/([^/]+)\/actions$/, ([id], _, body) => inAgent(id, (one) => orderAction(one, body))],
    ['GET', /^\/connector-summaries$/, (_, query) => page(data.connectors.map(summaryOf), query)],
    ['GET', /^\/connectors$/, (_, query) => page(data.connectors, query)],
    ['GET', /^\/connectors\/([^/]+)$/, ([id]) => one(data.connectors, id)],
    [
      'GET',
      /^\/connectors\/([^/]+)\/observations$/,
      ([id], query) =>
        page(
          data.observations.filter(({ connectorId }) => connectorId === id),
          query,
        ),
    ],
    ['POST', /^\/connectors\/([^/]+)\/observations$/, ([id]) => [202, data.observe(id)]],
    [
      'GET',
      /^\/entitlements$/,
      (_, query) => {
        const text = (query.get('query') ?? '').toLowerCase();
        const found = data.entitlements.filter(({ name, description }) =>
          `${name} ${description ?? ''}`.toLowerCase().includes(text),
        );
        return page(where(found, query, ['connectorId', 'risk']), query);
      },
    ],
    ['GET', /^\/entitlements\/([^/]+)$/, ([id]) => one(data.entitlements, id)],
    ['GET', /^\/accounts$/, (_, query) => page(where(data.accounts, query, ['connectorId']), query)],
    ['GET', /^\/assignments$/, (_, query) => page(where(data.drift, query, ['connectorId']), query)],
    [
      'GET',
      /^\/requests$/,
      (_, query) => {
        const whose =
          query.get('mine') === 'true' || !permissions.includes('requests:read')
            ? data.requests.filter(({ requester }) => requester.memberId === me.memberId)
            : data.requests;
        return page(where(whose, query, ['state']), query);
      },
    ],
    ['POST', /^\/requests$/, (_, __, body) => submit(body)],
    ['GET', /^\/requests\/([^/]+)$/, ([id]) => one(data.requests, id)],
    ['POST', /^\/requests\/([^/]+)\/cancellations$/, ([id]) => one(data.requests, id, data.cancel)],
    [
      'GET',
      /^\/approvals$/,
      (_, query) => page(where(data.approvals, query, ['state']).map(approvalOf), query),
    ],
    ['GET', /^\/approvals\/([^/]+)$/, ([id]) => one(data.approvals, id, approvalOf)],
    [
      'POST',
      /^\/approvals\/([^/]+)\/decisions$/,
      ([id], _, body) => {
        const approval = data.approvals.find((candidate) => candidate.id === id);
        return approval === undefined ? problem(404, 'not-found', 'Not found') : decide(approval, body);
      },
    ],
    [
      'GET',
      /^\/workflows$/,
      (_, query) => page(where(data.workflows, query, ['state']).map(withoutPlan), query),
    ],
    ['GET', /^\/workflows\/([^/]+)$/, ([id]) => one(data.workflows, id, data.advance)],
    ['POST', /^\/workflows\/([^/]+)\/retries$/, ([id]) => one(data.workflows, id, data.retry)],
    [
      'GET',
      /^\/evidence-packages$/,
      (_, query) =>
        page(
          data.packages.map((item) => ({ ...item, records: item.records.length })),
          query,
        ),
    ],
    ['GET', /^\/findings$/, () => [200, { items: [] }]],
    ['GET', /^\/evidence-packages\/([^/]+)$/, ([id]) => one(data.packages, id)],
    ['GET', /^\/evidence-packages\/([^/]+)\/export$/, ([id]) => one(data.packages, id)],
    ['POST', /^\/evidence-packages\/([^/]+)\/shares$/, ([id], _, body) => share({ packageId: id }, body)],
    ['POST', /^\/audit-events\/shares$/, (_, __, body) => share({ filter: body.filter }, body)],
    ['GET', /^\/shares$/, (_, query) => page(shares, query)],
    [
      'GET',
      /^\/shares\/([^/]+)$/,
      ([id]) => one(shares, id, (link) => ({ share: link, trail: trailOf(link) })),
    ],
    [
      'POST',
      /^\/shares\/([^/]+)\/revocations$/,
      ([id]) =>
        one(shares, id, (link) =>
          Object.assign(link, {
            state: 'revoked',
            revokedAt: new Date(now).toISOString(),
            revokedBy: link.createdBy,
          }),
        ),
    ],
    [
      'GET',
      /^\/evidence-collections$/,
      (_, query) => [
        200,
        data.packages.filter(({ sealedAt }) => sealedAt >= query.get('from') && sealedAt < query.get('to')),
      ],
    ],
    ['GET', /^\/audit-events$/, (_, query) => page(eventsLike(query).map(summary), query)],
    ['GET', /^\/audit-events\/export$/, (_, query) => [200, eventsLike(query)]],
    [
      'GET',
      /^\/audit-events\/(\d+)$/,
      ([sequence]) =>
        one(
          data.events.map((event) => ({ ...event, id: event.sequence, event })),
          sequence,
          ({ event }) => provenOf(event),
        ),
    ],
    ['GET', new RegExp(`^/log/${data.organization.id}/keys$`), () => [200, logKeys.manifest()]],
    [
      'POST',
      /^\/log-key-rotations$/,
      (_, __, { manifestVersion }) =>
        manifestVersion === logKeys.manifest().version
          ? [201, logKeys.rotate(data.events.length)]
          : problem(409, 'log-key-rotated', 'The log key was rotated meanwhile'),
    ],
    [
      'GET',
      /^\/audit-head$/,
      () => [200, { treeSize: data.events.length, root: rootOf(leaves()).toString('hex') }],
    ],
  ];

  /** Answers [status, body]; what it does not know is a 404 problem, as on the server. */
  function answer(method, url, body, ifMatch, authorization) {
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    if (pathname.startsWith('/api/v1/invite')) {
      return invitation(authorization, pathname.replace('/api/v1/invite', ''));
    }
    if (pathname.startsWith('/api/v1/share')) {
      return shared(authorization, pathname.replace('/api/v1/share', ''), searchParams);
    }
    if (method === 'GET' && pathname === '/api/v1/me') return [200, me];
    if (pathname === '/api/v1/me/credentials') return [200, { items: [...credentials] }];
    if (pathname === '/api/v1/me/credentials/removals') return removeCredential(body);
    if (method === 'POST' && pathname === '/logout') return [200, { location: '/' }];
    const path = pathname.replace(`/api/v1/organizations/${data.organization.id}`, '');
    for (const [verb, pattern, act] of routes) {
      const match = pattern.exec(path);
      if (verb === method && match !== null) return act(match.slice(1), searchParams, body, ifMatch);
    }
    return problem(404, 'not-found', 'There is no such thing');
  }

  const makeLink = (what) => {
    const shareable =
      what === 'package' ? { packageId: data.packages[0].id } : { filter: { action: 'approval.' } };
    return share(shareable, { recipient: 'Ernst', validDays: 7 })[1];
  };

  /** A provider that an owner has set up before. */
  const seedProvider = (written) => {
    providers.unshift(providerOf({ defaultRole: 'readonly', ceiling: 'requester', ...written }));
    return providers[0].id;
  };

  return { answer, data, me, logKeys, makeLink, seedProvider, seedAgent, canonicalOf, hashOf };
}

export function problem(status, slug, title, errors) {
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  return [status, { type: `/problems/${slug}`, title, status, traceId, ...(errors ? { errors } : {}) }];
}
