#!/usr/bin/env node
// Verifies an exported package with Sigstore's own library, and then tries to deceive it: every byte of the file, of the log
// entry, of the signature, of the proof and of the bundle as it is written is changed, one at a time. Each change has to be
// refused, but for those of members that this library does not read at all: what they say, it takes from the signed checkpoint.
//
//   node verify.mjs FILE BUNDLE TRUSTED_ROOT PUBLIC_KEY [--genuine]      exit 0 as it should be, 1 otherwise
//
// With --genuine nobody is deceived.

import { readFileSync } from 'node:fs';
import { bundleFromJSON } from '@sigstore/bundle';
import { TrustedRoot } from '@sigstore/protobuf-specs';
import { Verifier, toSignedEntity, toTrustMaterial } from '@sigstore/verify';
import { createPublicKey } from 'node:crypto';

const [file, bundleJson, rootJson, pem] = process.argv.slice(2, 6).map((path) => readFileSync(path));
const parse = (bytes) => JSON.parse(bytes.toString('utf8'));
const genuine = parse(bundleJson);
const publicKey = createPublicKey(pem);

// The log has no clock in it: no timestamp is asked for.
function verify(artifact, bundle, root = parse(rootJson)) {
  const material = toTrustMaterial(TrustedRoot.fromJSON(root), () => ({ publicKey, validFor: () => true }));
  new Verifier(material, { tlogThreshold: 1, ctlogThreshold: 0, timestampThreshold: 0 })
    .verify(toSignedEntity(bundleFromJSON(bundle), artifact));
}

function accepted(...args) {
  try {
    verify(...args);
    return true;
  } catch {
    return false;
  }
}

const failures = [];
let tried = 0;
function refused(what, ...args) {
  tried += 1;
  if (accepted(...args)) failures.push(what);
}

try {
  verify(file, genuine);
} catch (error) {
  console.log(`refused although genuine: ${error.code} ${error.message}`);
  process.exit(1);
}
console.log('accepted');
if (process.argv.includes('--genuine')) process.exit(0);

for (let i = 0; i < file.length; i++) {
  const changed = Buffer.from(file);
  changed[i] ^= 1 << i % 8;
  refused(`file, byte ${i}`, changed, genuine);
}

/** Every decoded byte of a base64 member, changed. */
function flip(name, member) {
  const copy = () => structuredClone(genuine);
  const bytes = Buffer.from(member(copy())[0][member(copy())[1]], 'base64');
  for (let i = 0; i < bytes.length; i++) {
    const bundle = copy();
    const [holder, key] = member(bundle);
    const changed = Buffer.from(bytes);
    changed[i] ^= 1 << i % 8;
    holder[key] = changed.toString('base64');
    refused(`${name}, byte ${i}`, file, bundle);
  }
}

const entry = (bundle) => bundle.verificationMaterial.tlogEntries[0];
flip('signature', (bundle) => [bundle.messageSignature, 'signature']);
flip('digest', (bundle) => [bundle.messageSignature.messageDigest, 'digest']);
flip('log entry', (bundle) => [entry(bundle), 'canonicalizedBody']);
entry(genuine).inclusionProof.hashes.forEach((_, i) =>
  flip(`hash ${i}`, (bundle) => [entry(bundle).inclusionProof.hashes, i]));

const envelope = entry(genuine).inclusionProof.checkpoint.envelope;
const signed = envelope.indexOf('\n\n');
for (let i = 0; i <= signed; i++) {
  const bundle = structuredClone(genuine);
  const changed = envelope.slice(0, i) + String.fromCharCode(envelope.charCodeAt(i) ^ 1) + envelope.slice(i + 1);
  entry(bundle).inclusionProof.checkpoint.envelope = changed;
  refused(`checkpoint, character ${i}`, file, bundle);
}

// ---------------------------------------------------------------- every byte of the bundle as it is written

const ENTRY = '/verificationMaterial/tlogEntries/0';
const UNREAD = [
  '/mediaType', // an older version of the bundle would be read the same way
  '/messageSignature/messageDigest/algorithm',
  '/verificationMaterial/publicKey/hint', // the caller has only one key to offer
  `${ENTRY}/logIndex`,
  `${ENTRY}/logId/keyId`, // the key is found by the four bytes in the checkpoint
  `${ENTRY}/inclusionProof/treeSize`,
  `${ENTRY}/inclusionProof/rootHash`,
];

/** What a text means: base64 has several spellings, and the name before the checkpoint's signature is not signed. */
function meaning(pointer, text) {
  const hex = (bytes) => Buffer.from(bytes, 'base64').toString('hex');
  if (pointer.endsWith('/envelope')) return text.replace(/(\n\n— )\S+ (\S+)\n$/, (_, dash, blob) => dash + hex(blob));
  const base64 = /(digest|signature|canonicalizedBody|hashes\/\d+)$/.test(pointer);
  return base64 ? hex(text) : text;
}

function leaves(value, pointer = '', found = new Map()) {
  if (value === null || typeof value !== 'object') found.set(pointer, meaning(pointer, String(value)));
  else Object.keys(value).forEach((name) => leaves(value[name], `${pointer}/${name}`, found));
  return found;
}

const meant = leaves(genuine);
let unread = 0;
for (let i = 0; i < bundleJson.length; i++) {
  for (const bit of [0, 1, 5]) {
    const changed = Buffer.from(bundleJson);
    changed[i] ^= 1 << bit;
    let bundle;
    try {
      bundle = parse(changed);
    } catch {
      tried += 1; // no JSON any more
      continue;
    }
    const found = leaves(bundle);
    const differ = [...meant.keys()].filter((pointer) => found.get(pointer) !== meant.get(pointer));
    if (differ.every((pointer) => UNREAD.includes(pointer))) unread += 1;
    else refused(`bundle, bit ${bit} of byte ${i}: ${differ.join(', ')}`, file, bundle);
  }
}
const read = [...meant.keys()].filter((pointer) => !UNREAD.includes(pointer));
if (read.length < 8) failures.push(`only ${read.join(', ')} were tried`);

const without = structuredClone(genuine);
without.verificationMaterial.tlogEntries = [];
refused('no log entry', file, without);
const otherLog = parse(rootJson);
for (const { publicKey: logKey } of otherLog.tlogs) {
  const key = Buffer.from(logKey.rawBytes, 'base64');
  key[key.length - 1] ^= 1;
  logKey.rawBytes = key.toString('base64');
}
refused('another log key', file, genuine, otherLog);

failures.forEach((failure) => console.log(`accepted although changed: ${failure}`));
console.log(`refused ${tried - failures.length} of ${tried} changes; ${unread} more change nothing that is read`);
process.exitCode = failures.length === 0 ? 0 : 1;
