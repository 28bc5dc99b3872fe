#!/usr/bin/env node
// A second verifier of evidence packages, written from docs/formats/ alone and sharing no code with the first: when the
// two disagree, the format's description is wrong or one of them is. Node 20 or later, no dependencies, no network.
//
//   node verify.mjs FILE [--trusted-root MANIFEST]      exit 0 verified, 1 refuted, 2 usage
//   node verify.mjs --follow MANIFEST NEXT…             does each manifest follow from the one before?
//
// Node has ML-DSA-65 only when its OpenSSL has it (3.5 or later). Where it has not, that signature is reported as not
// checked; everything else is.

import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

class Refuted extends Error {}

export function demand(holds, reason) {
  if (!holds) throw new Refuted(reason);
}

// ---------------------------------------------------------------- canonical JSON (docs/formats/canonical-json.md)

/** Node's JSON.stringify writes strings and numbers as RFC 8785 asks; only the order of the members is ours. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
}

export const bytesOf = (value) => Buffer.from(canonical(value), 'utf8');

const DEEPEST = 64;
const MOST_VALUES = 250_000;

/** A value of I-JSON. What JSON.parse accepts beyond it, such as names that stand twice, has another canonical form. */
export function parse(bytes) {
  const value = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  let level = [value];
  let values = 0;
  for (let depth = 0; level.length > 0; depth++) {
    values += level.length;
    demand(values <= MOST_VALUES, `more than ${MOST_VALUES} values`);
    const texts = level.flatMap((each) => (isObject(each) ? Object.keys(each) : [each])).filter((each) => typeof each === 'string');
    demand(texts.every((text) => text.isWellFormed()), 'half of a surrogate pair');
    const nested = level.filter((each) => each !== null && typeof each === 'object');
    demand(nested.length === 0 || depth < DEEPEST, `more than ${DEEPEST} deep`);
    level = nested.flatMap((each) => Object.values(each));
  }
  return value;
}

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

export const same = (left, right) => canonical(left ?? null) === canonical(right ?? null);

export function without(object, ...names) {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

export function hasExactly(object, ...names) {
  demand(isObject(object), 'expected an object');
  demand(same(Object.keys(object).sort(), [...names].sort()), `expected the members ${names.join(', ')}`);
}

/** Base64 with padding, in its only spelling. */
export function base64(text) {
  demand(typeof text === 'string', 'expected base64');
  const bytes = Buffer.from(text, 'base64');
  demand(bytes.toString('base64') === text, `not base64: ${text}`);
  return bytes;
}

// ---------------------------------------------------------------- hashes and trees (docs/formats/transparency-log.md)

const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
export const hashOf = (value) => sha256(bytesOf(value)).toString('hex');
export const leafHash = (entry) => sha256(Buffer.from([0]), entry);
const nodeHash = (left, right) => sha256(Buffer.from([1]), left, right);

/** The roots of complete subtrees, the largest first; two of the same size become one. */
export class Subtrees {
  #parts = [];

  add(size, hash) {
    let part = { size, hash };
    while (this.#parts.at(-1)?.size === part.size) {
      part = { size: part.size * 2, hash: nodeHash(this.#parts.pop().hash, part.hash) };
    }
    this.#parts.push(part);
  }

  root() {
    return this.#parts.map((part) => part.hash).reduceRight((right, left) => nodeHash(left, right));
  }
}

/** MTH of RFC 9162, section 2.1.1, for at least one leaf. */
export function merkleRoot(leaves) {
  if (leaves.length === 1) return leaves[0];
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return nodeHash(merkleRoot(leaves.slice(0, split)), merkleRoot(leaves.slice(split)));
}

/** The root that an inclusion proof leads to: the definition of section 2.1.3.1, walked from the root down. */
function rootFrom(leaf, index, size, path) {
  if (size === 1) {
    demand(path.length === 0, 'the path is longer than the tree is high');
    return leaf;
  }
  demand(path.length > 0, 'the path stops below the root');
  const sibling = path[path.length - 1];
  const rest = path.slice(0, -1);
  let split = 1;
  while (split * 2 < size) split *= 2;
  return index < split
    ? nodeHash(rootFrom(leaf, index, split, rest), sibling)
    : nodeHash(sibling, rootFrom(leaf, index - split, size - split, rest));
}

export function hexHash(text) {
  demand(typeof text === 'string' && /^[0-9a-f]{64}$/.test(text), `not a hash: ${text}`);
  return Buffer.from(text, 'hex');
}

// ---------------------------------------------------------------- keys and signatures (docs/formats/key-manifest.md)

const ED25519_PREFIX = Buffer.from('302a300506032b6570032100', 'hex'); // X.509 header before the 32 bytes (RFC 8410)
const KEY_ID_TYPES = { ed25519: Buffer.from([1]), 'ml-dsa-65': Buffer.concat([Buffer.from([0xff]), Buffer.from('ml-dsa-65')]), 'ecdsa-p256': Buffer.concat([Buffer.from([0xff]), Buffer.from('ecdsa-p256')]) };
const ALGORITHMS = { log: 'ed25519', action: 'ed25519', archive: 'ml-dsa-65', export: 'ecdsa-p256' };

function keyId(name, algorithm, publicKey) {
  return sha256(Buffer.from(`${name}\n`), KEY_ID_TYPES[algorithm], publicKey).subarray(0, 4).toString('hex');
}

function ed25519Verifies(publicKey, message, signature) {
  demand(publicKey.length === 32, 'an Ed25519 key has 32 bytes');
  const key = createPublicKey({ key: Buffer.concat([ED25519_PREFIX, publicKey]), format: 'der', type: 'spki' });
  return verifySignature(null, message, key, signature);
}

/** True, false, or undefined where this Node does not know ML-DSA. */
function mlDsaVerifies(publicKey, message, signature) {
  let key;
  try {
    key = createPublicKey({ key: publicKey, format: 'der', type: 'spki' });
    if (key.asymmetricKeyType !== 'ml-dsa-65') return undefined;
  } catch {
    return undefined;
  }
  return verifySignature(null, message, key, signature);
}

export function namedKey(manifest, name) {
  const found = manifest.keys.filter((key) => key.name === name);
  demand(found.length === 1, `the manifest has ${found.length} keys named ${name}`);
  return found[0];
}

const KEY_MEMBERS = ['keyId', 'name', 'algorithm', 'publicKey', 'notBefore'];

function checkKey(manifest, key, ...more) {
  hasExactly(key, ...KEY_MEMBERS, ...more);
  demand(ALGORITHMS[key.name] === key.algorithm, `the ${key.name} key cannot be ${key.algorithm}`);
  time(key.notBefore);
  const expected = keyId(`${manifest.organizationId}/${key.name}`, key.algorithm, base64(key.publicKey));
  demand(key.keyId === expected, `the key id of the ${key.name} key is ${expected}`);
}

/** The log keys before the present one; a first manifest has none. */
export const retiredOf = (manifest) => (manifest.v === 2 ? manifest.retired : []);

export function checkManifest(manifest) {
  const members = ['v', 'organizationId', 'version', 'issuedAt', 'keys', 'signature'];
  demand(manifest.v === 1 || manifest.v === 2, 'not a key manifest of version 1 or 2');
  hasExactly(manifest, ...members, ...(manifest.v === 2 ? ['retired', 'previous'] : []));
  for (const key of manifest.keys) {
    checkKey(manifest, key);
    namedKey(manifest, key.name);
  }
  const current = namedKey(manifest, 'log').publicKey;
  retiredOf(manifest).forEach((key, i, retired) => {
    checkKey(manifest, key, 'notAfter', 'treeSize');
    demand(key.name === 'log' && key.publicKey !== current, 'a retired key is another log key');
    demand(Number.isSafeInteger(key.treeSize) && key.treeSize >= 0, 'a tree has a size');
    demand(time(key.notBefore) <= time(key.notAfter), 'a key ends after it begins');
    demand(i === 0 || (retired[i - 1].notAfter <= key.notAfter && retired[i - 1].treeSize <= key.treeSize),
      'the retired keys are out of order');
  });
  if (manifest.v === 2) {
    hasExactly(manifest.previous, 'version', 'hash', 'signature');
    demand(manifest.previous.version === manifest.version - 1, 'a manifest follows the version before');
  }
  const signed = bytesOf(without(manifest, 'signature'));
  const log = base64(namedKey(manifest, 'log').publicKey);
  demand(ed25519Verifies(log, signed, base64(manifest.signature)), 'the manifest is not signed by its log key');
}

/** Whether a manifest is the one right after another. */
function checkFollows(before, next) {
  checkManifest(before);
  checkManifest(next);
  const name = `version ${next.version}`;
  demand(next.v === 2 && next.version === before.version + 1, `${name} is not the next one`);
  demand(next.organizationId === before.organizationId, `${name} is of another organization`);
  demand(time(next.issuedAt) >= time(before.issuedAt), `${name} was issued earlier`);
  demand(next.previous.hash === sha256(bytesOf(before)).toString('hex'), `${name} names another predecessor`);
  const handedOver = { ...without(next, 'signature'), previous: without(next.previous, 'signature') };
  demand(ed25519Verifies(base64(namedKey(before, 'log').publicKey), bytesOf(handedOver), base64(next.previous.signature)),
    `${name} is not signed by its predecessor`);
  const replaced = without(next.retired.at(-1) ?? {}, 'notAfter', 'treeSize');
  const rotated = !same(namedKey(before, 'log'), namedKey(next, 'log'));
  demand(same(retiredOf(before), rotated ? next.retired.slice(0, -1) : next.retired)
    && (!rotated || same(replaced, namedKey(before, 'log'))), `${name} drops or changes a retired key`);
  demand(before.keys.filter((key) => key.name !== 'log').every((key) => next.keys.some((other) => same(key, other))),
    `${name} drops or changes a key`);
}

/** DSSE, version 1. */
function preAuthenticationEncoding(type, payload) {
  return Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(type)} ${type} ${payload.length} `), payload]);
}

// ---------------------------------------------------------------- the log's checkpoint (docs/formats/transparency-log.md)

export function openCheckpoint(text, manifest) {
  const { organizationId } = manifest;
  demand(typeof text === 'string', 'no checkpoint');
  const parts = /^([^\n]+)\n(0|[1-9][0-9]*)\n([^\n]+)\n(?:[^\n]+\n)*\n— ([^\n ]+) ([^\n ]+)\n$/.exec(text);
  demand(parts !== null, 'expected origin, size, root, an empty line and one signature');
  const [, origin, size, root, name, blob] = parts;
  demand(name === origin, 'the checkpoint is signed in another name');
  demand(origin.endsWith(`/log/${organizationId}`) && !origin.startsWith('/'), `${origin} is not this organization's log`);
  const signature = base64(blob);
  const id = signature.subarray(0, 4).toString('hex');
  const signer = [namedKey(manifest, 'log'), ...retiredOf(manifest)]
    .find((key) => keyId(origin, 'ed25519', base64(key.publicKey)) === id);
  demand(signer !== undefined, 'signed with another key id');
  const logKey = base64(signer.publicKey);
  const body = Buffer.from(text.slice(0, text.indexOf('\n\n') + 1), 'utf8');
  demand(ed25519Verifies(logKey, body, signature.subarray(4)), "the log's signature on the checkpoint is wrong");
  demand(Number.isSafeInteger(Number(size)), 'the log is too large');
  demand(signer.treeSize === undefined || Number(size) <= signer.treeSize,
    'the key had been replaced before the log was so large');
  return { origin, size: Number(size), root: base64(root) };
}

// ---------------------------------------------------------------- the package (docs/formats/evidence-package.md)

const PAYLOAD_TYPE = 'application/vnd.nuxari.evidence-package+json';
const MEMBERS = ['v', 'packageId', 'organizationId', 'workflowId', 'outcome', 'scope', 'planHash', 'sealedAt', 'records',
  'merkleRoot', 'approverAssertions', 'keys', 'signatures', 'log'];
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const TYPES = ['access-evaluation', 'approval', 'pre-change-snapshot', 'execution-log', 'validation-result'];
const SUCCEEDED = ['changed', 'unchanged', 'resolved-by-observation'];
const STATES = { completed: ['granted'], failed: ['granted'], rejected: ['rejected'], expired: ['expired'],
  cancelled: ['granted', 'withdrawn'] };

const contents = (file, type) => file.records.filter((record) => record.type === type).map((record) => record.content);

function only(file, type) {
  const found = contents(file, type);
  demand(found.length === 1, `expected one record of type ${type}, found ${found.length}`);
  return found[0];
}

const approvalOf = (file) => only(file, 'approval');
const stepsOf = (file) => approvalOf(file).plan.steps;

function stepOf(file, content) {
  const step = stepsOf(file).find((candidate) => candidate.position === content.step);
  demand(step !== undefined, `the plan has no step ${content.step}`);
  return step;
}

export function uuid(text) {
  demand(typeof text === 'string' && UUID.test(text), `not a UUID: ${text}`);
  return text;
}

/** Times have one spelling of fixed length, so that their texts compare as they do. */
export function time(text) {
  demand(typeof text === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text), `not a time: ${text}`);
  return text;
}

const CHECKS = {
  members(file) {
    hasExactly(file, ...MEMBERS);
    hasExactly(file.scope, 'type', 'id');
    hasExactly(file.log, 'index', 'event', 'checkpoint', 'inclusionProof');
    demand(file.v === 1, 'not a package of version 1');
    demand(file.outcome in STATES, `no workflow ends as ${file.outcome}`);
    for (const id of [file.packageId, file.organizationId, file.workflowId]) uuid(id);
    hexHash(file.planHash);
    time(file.sealedAt);
    demand(Array.isArray(file.records) && file.records.length > 0, 'a package has records');
    demand(same(file.approverAssertions, []), 'version 1 has no approver assertions');
  },

  'record-hashes'(file) {
    for (const record of file.records) {
      hasExactly(record, 'type', 'id', 'at', 'content', 'hash');
      demand(TYPES.includes(record.type), `no such type of record: ${record.type}`);
      const hash = leafHash(bytesOf(without(record, 'hash'))).toString('hex');
      demand(record.hash === hash, `record ${record.id} has the hash ${hash}`);
    }
  },

  'record-order'(file) {
    const places = file.records.map((record) => time(record.at) + record.id);
    demand(places.every((place, i) => i === 0 || places[i - 1] < place), 'the records are out of order');
    demand(new Set(file.records.map((record) => record.id)).size === places.length, 'a record stands twice');
  },

  'merkle-root'(file) {
    const root = merkleRoot(file.records.map((record) => leafHash(bytesOf(without(record, 'hash'))))).toString('hex');
    demand(file.merkleRoot === root, `the root of the records is ${root}`);
  },

  'key-manifest'(file) {
    checkManifest(file.keys);
    demand(file.keys.organizationId === file.organizationId, 'the keys belong to another organization');
  },

  signatures(file, notes) {
    const message = preAuthenticationEncoding(PAYLOAD_TYPE, bytesOf(without(file, 'signatures', 'log')));
    demand(file.signatures.length === 2, 'expected two signatures');
    ['log', 'archive'].forEach((name, i) => {
      const key = namedKey(file.keys, name);
      const { keyId: id, algorithm, signature } = file.signatures[i];
      hasExactly(file.signatures[i], 'keyId', 'algorithm', 'signature');
      demand(id === key.keyId && algorithm === key.algorithm, `expected a signature by the ${name} key`);
      demand(time(key.notBefore) <= time(file.sealedAt), 'the package is older than its key');
      const verifies = name === 'log' ? ed25519Verifies : mlDsaVerifies;
      const answer = verifies(base64(key.publicKey), message, base64(signature));
      if (answer === undefined) notes.push('not checked: the ML-DSA-65 signature (this Node has no ML-DSA)');
      demand(answer !== false, `the ${name} key has not signed this package`);
    });
  },

  'sealing-event'(file) {
    const { event, index } = file.log;
    demand(event.action === 'evidence.seal' && event.outcome === 'succeeded', 'the event seals nothing');
    demand(event.organizationId === file.organizationId, 'the event is of another organization');
    demand(event.sequence === index, 'the sequence of an event is its index');
    for (const name of ['packageId', 'merkleRoot', 'planHash']) {
      demand(event.metadata[name] === file[name], `the event seals another ${name}`);
    }
  },

  'inclusion-proof'(file) {
    demand(file.keys.organizationId === file.organizationId, 'the keys belong to another organization');
    const checkpoint = openCheckpoint(file.log.checkpoint, file.keys);
    const { index, event, inclusionProof } = file.log;
    demand(Number.isInteger(index) && index >= 0 && index < checkpoint.size, 'the index is outside the log');
    const root = rootFrom(leafHash(bytesOf(event)), index, checkpoint.size, inclusionProof.map(hexHash));
    demand(root.equals(checkpoint.root), 'the proof leads to another root');
  },

  plan(file) {
    const approval = approvalOf(file);
    const hash = sha256(bytesOf(approval.plan)).toString('hex');
    demand(file.planHash === hash && approval.planHash === hash, `the plan has the hash ${hash}`);
    demand(approval.plan.v === 1, 'not a plan of version 1');
    demand(approval.plan.organizationId === file.organizationId, 'the plan is of another organization');
    demand(stepsOf(file).length > 0, 'a plan has steps');
    stepsOf(file).forEach((step, i) => {
      demand(step.position === i + 1, 'steps are numbered from 1');
      demand(file.scope.type === 'account' && file.scope.id === `${step.connectorId}/${step.account.nativeId}`,
        'a step is outside the scope');
    });
  },

  policy(file) {
    const evaluation = only(file, 'access-evaluation');
    const approval = approvalOf(file);
    for (const person of ['requester', 'beneficiary']) {
      demand(same(evaluation[person], approval.plan[person]), `another ${person} was evaluated`);
      demand(same(approval[person], approval.plan[person]), `the approval names another ${person}`);
    }
    const plain = (stages) => stages.map((stage) => without(stage, 'position'));
    demand(same(plain(evaluation.policy.stages), plain(approval.stages)), 'the policy demands other stages');
    demand(approval.stages.length > 0, 'an approval has stages');
    approval.stages.forEach((stage, i) => demand(stage.position === i + 1 && stage.quorum >= 1, 'a stage is malformed'));
  },

  decisions(file) {
    const { plan, stages, decisions, expiresAt } = approvalOf(file);
    const seen = new Set();
    for (const decision of decisions) {
      const stage = stages.find((candidate) => candidate.position === decision.stage);
      demand(stage !== undefined, `there is no stage ${decision.stage}`);
      demand(decision.planHash === file.planHash, 'a decision is about another plan');
      demand(stage.roles.includes(decision.role), `the stage is not decided by ${decision.role}`);
      demand(['approve', 'reject'].includes(decision.verdict), 'a verdict is approve or reject');
      demand(decision.member.startsWith('member:') && UUID.test(decision.member.slice(7)), 'only members decide');
      demand(decision.member !== plan.requester && decision.member !== plan.beneficiary, 'somebody decided for themselves');
      demand(!seen.has(`${decision.stage} ${decision.member}`), 'somebody decided a stage twice');
      seen.add(`${decision.stage} ${decision.member}`);
      demand(time(decision.at) <= time(expiresAt) && decision.at <= time(file.sealedAt), 'a decision came too late');
    }
  },

  quorum(file) {
    const { state, stages, decisions } = approvalOf(file);
    const rejected = decisions.some((decision) => decision.verdict === 'reject');
    demand(['granted', 'rejected', 'expired', 'withdrawn'].includes(state), `no approval ends as ${state}`);
    if (state === 'rejected') demand(rejected, 'nobody rejected');
    if (state !== 'granted') return;
    demand(!rejected, 'somebody rejected');
    for (const stage of stages) {
      const approvals = decisions.filter((decision) => decision.stage === stage.position && decision.verdict === 'approve');
      const people = new Set(approvals.map((decision) => decision.member)).size;
      demand(people >= Math.max(1, stage.quorum), `stage ${stage.position}: ${people} of ${stage.quorum} approvals`);
    }
  },

  executions(file) {
    const approval = approvalOf(file);
    const granted = approval.decisions.map((decision) => decision.at).sort().at(-1);
    for (const execution of contents(file, 'execution-log')) {
      const step = stepOf(file, execution);
      demand(approval.state === 'granted', 'something was executed without a granted approval');
      demand(execution.approvalRef === approval.approvalId && execution.planHash === file.planHash,
        'something was executed on the word of another approval');
      demand(same(execution.order,
        {
          operation: step.operation,
          account: step.account.nativeId,
          entitlement: step.entitlement?.nativeId ?? null,
          ...(step.action === undefined ? {} : { action: step.action }),
        }),
      'something was executed that is not in the plan');
      demand(time(execution.startedAt) >= granted && time(execution.endedAt) >= execution.startedAt,
        'something was executed before it was approved');
      demand([...SUCCEEDED, 'failed', 'interrupted'].includes(execution.outcome), 'no such outcome');
    }
  },

  observations(file) {
    for (const snapshot of contents(file, 'pre-change-snapshot')) {
      const step = stepOf(file, snapshot);
      demand(snapshot.connectorId === step.connectorId && snapshot.account.nativeId === step.account.nativeId
        && same(snapshot.entitlement, step.entitlement?.nativeId), 'a snapshot is of something else');
    }
    for (const validation of contents(file, 'validation-result')) {
      stepOf(file, validation);
      demand(['passed', 'failed'].includes(validation.result), 'a result is passed or failed');
      const expected = Object.entries(validation.expected);
      demand(validation.result === 'failed'
        || (expected.length > 0 && expected.every(([name, value]) => same(validation.observed[name], value))),
      'a validation did not see what it says');
    }
  },

  completeness(file) {
    demand(STATES[file.outcome].includes(approvalOf(file).state), `the approval does not lead to ${file.outcome}`);
    for (const step of stepsOf(file)) {
      const about = (type) => contents(file, type).filter((content) => content.step === step.position);
      const ends = about('execution-log').filter((execution) => execution.terminal === true);
      const validations = about('validation-result');
      const failed = validations.filter((validation) => validation.result !== 'passed').length;
      demand(ends.length <= failed + 1, `step ${step.position} was carried out ${ends.length} times`);
      if (file.outcome !== 'completed') continue;
      demand(validations.at(-1)?.result === 'passed', `step ${step.position} was not seen to be done in the end`);
      demand(ends.length > 0 && ends.every((end) => SUCCEEDED.includes(end.outcome)), `step ${step.position} did not succeed`);
      demand(about('pre-change-snapshot').length > 0, `nobody looked before step ${step.position}`);
      const passed = validations.filter((validation) => validation.result === 'passed');
      demand(passed.length === 1, `step ${step.position} has ${passed.length} passed validations`);
    }
  },
};

function checkTrustedRoot(file, root) {
  checkManifest(root);
  demand(root.organizationId === file.organizationId, 'the trusted root is of another organization');
  const sameKey = (left, right) => left.name === right.name && left.publicKey === right.publicKey;
  for (const name of ['log', 'archive']) {
    const own = namedKey(file.keys, name);
    const trusted = [...root.keys, ...retiredOf(root)].find((key) => sameKey(key, own));
    demand(trusted !== undefined, `the trusted root has another ${name} key`);
    demand(trusted.notAfter === undefined || time(file.sealedAt) <= trusted.notAfter,
      `the package was sealed after its ${name} key was retired`);
  }
  openCheckpoint(file.log.checkpoint, root);
}

/** Every check with its answer; a check that cannot be made has failed. */
export function verifyPackage(bytes, trustedRoot) {
  const notes = [];
  const answers = [];
  const ask = (name, check) => {
    try {
      check();
      answers.push({ name, passed: true });
    } catch (error) {
      // A missing member surfaces as a TypeError: what is not there is not proven.
      answers.push({ name, passed: false, reason: error.message });
    }
    return answers.at(-1).passed;
  };
  let file;
  const readable = ask('canonical-form', () => {
    file = parse(bytes);
    demand(bytesOf(file).equals(bytes), 'the file is not the canonical form of its content');
  });
  if (readable) {
    for (const [name, check] of Object.entries(CHECKS)) ask(name, () => check(file, notes));
    if (trustedRoot !== undefined) ask('trusted-root', () => checkTrustedRoot(file, trustedRoot));
    else notes.push('the keys are the package\'s own: compare their fingerprint with one from the organization');
  }
  return { verified: answers.every((answer) => answer.passed), answers, notes };
}

function follow(paths) {
  const manifests = paths.map((path) => JSON.parse(readFileSync(path, 'utf8')));
  try {
    manifests.slice(1).forEach((next, i) => checkFollows(manifests[i], next));
  } catch (error) {
    console.log(`refuted: ${error.message}`);
    return 1;
  }
  console.log(`version ${manifests.at(-1).version} follows`);
  return 0;
}

function main(args) {
  if (args[0] === '--follow' && args.length > 2) return follow(args.slice(1));
  const [path, option, rootPath] = args;
  if (path === undefined || (option !== undefined && (option !== '--trusted-root' || rootPath === undefined))) {
    console.error('usage: node verify.mjs FILE [--trusted-root MANIFEST] | --follow MANIFEST NEXT…');
    return 2;
  }
  const root = rootPath === undefined ? undefined : JSON.parse(readFileSync(rootPath, 'utf8'));
  const { verified, answers, notes } = verifyPackage(readFileSync(path), root);
  for (const { name, passed, reason } of answers) console.log(passed ? `passed   ${name}` : `refuted  ${name}: ${reason}`);
  for (const note of notes) console.log(`note     ${note}`);
  console.log(verified ? 'verified' : 'refuted');
  return verified ? 0 : 1;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = main(process.argv.slice(2));
}
