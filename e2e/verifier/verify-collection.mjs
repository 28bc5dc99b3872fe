#!/usr/bin/env node
// A second verifier of evidence collections, written from docs/formats/ alone. It reads a line at a time, keeps none of them, and
// stops at the first that is wrong. Node 20 or later, no dependencies, no network.
//
//   node verify-collection.mjs FILE [--trusted-root MANIFEST]      exit 0 verified, 1 refuted, 2 usage

import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import {
  bytesOf, checkManifest, demand, hasExactly, hashOf, hexHash, leafHash, namedKey, openCheckpoint, parse, retiredOf,
  same, Subtrees, time, uuid, verifyPackage,
} from './verify.mjs';

const LONGEST = 4 << 20;
const NEWLINE = 10;
const CONTROLS = ['ac-3.2', 'ac-5', 'au-10', 'au-12', 'cm-3'];

// ---------------------------------------------------------------- lines

/** Each line without its newline, never more of the file than one line and one piece in memory. */
function* linesOf(path) {
  const file = openSync(path, 'r');
  try {
    const piece = Buffer.alloc(1 << 16);
    let kept = [];
    let length = 0;
    for (let read = readSync(file, piece); read > 0; read = readSync(file, piece)) {
      let from = 0;
      for (let at = piece.indexOf(NEWLINE); at >= 0 && at < read; at = piece.indexOf(NEWLINE, from)) {
        demand(length + at - from <= LONGEST, 'longer than 4 MiB');
        yield Buffer.concat([...kept, piece.subarray(from, at)]);
        kept = [];
        length = 0;
        from = at + 1;
      }
      kept.push(Buffer.from(piece.subarray(from, read)));
      length += read - from;
      demand(length <= LONGEST, 'longer than 4 MiB');
    }
    demand(length === 0, 'the last line has no end');
  } finally {
    closeSync(file);
  }
}

function canonicalLine(bytes) {
  const value = parse(bytes);
  demand(bytesOf(value).equals(bytes), 'not the canonical form of its content');
  return value;
}

// ---------------------------------------------------------------- the first line

const isCount = (value) => Number.isSafeInteger(value) && value >= 0;

/** Splits `<connectorId>/<name>`: an id has no slash, a name may have some. */
function accountOf(text) {
  demand(typeof text === 'string', 'an account is a text');
  const slash = text.indexOf('/');
  demand(slash > 0 && slash < text.length - 1, `not an account: ${text}`);
  return { connectorId: uuid(text.slice(0, slash)), name: text.slice(slash + 1) };
}

function checkSelector(selector) {
  const chosen = ['account', 'connectorId', 'control'].filter((name) => selector?.[name] !== undefined);
  demand(chosen.length <= 1, 'more than one choice');
  hasExactly(selector, 'from', 'to', ...chosen);
  demand(time(selector.from) < time(selector.to), 'a period ends after it begins');
  if (chosen[0] === 'account') accountOf(selector.account);
  if (chosen[0] === 'connectorId') uuid(selector.connectorId);
  if (chosen[0] === 'control') demand(CONTROLS.includes(selector.control), `no such control: ${selector.control}`);
}

/** The sizes of the complete subtrees that cover the leaves from one to before another, each as large as can be. */
function subtrees(from, to) {
  const sizes = [];
  for (let at = from; at < to; at += sizes.at(-1)) {
    let size = 1;
    while (at % (size * 2) === 0 && at + size * 2 <= to) size *= 2;
    sizes.push(size);
  }
  return sizes;
}

function checkHead(head, trustedRoot) {
  hasExactly(head, 'kind', 'v', 'organizationId', 'selector', 'checkpoint', 'keys', 'range');
  demand(head.kind === 'evidence-collection' && head.v === 1, 'not an evidence collection of version 1');
  uuid(head.organizationId);
  checkSelector(head.selector);
  hasExactly(head.range, 'begin', 'end', 'left', 'right');
  checkManifest(head.keys);
  demand(head.keys.organizationId === head.organizationId, 'the keys belong to another organization');
  const checkpoint = openCheckpoint(head.checkpoint, head.keys);
  const { begin, end, left, right } = head.range;
  demand(isCount(begin) && isCount(end) && begin < end && end <= checkpoint.size, 'there are no such entries in the log');
  for (const hash of [...left, ...right]) hexHash(hash);
  demand(left.length === subtrees(0, begin).length, `the tree has ${subtrees(0, begin).length} subtrees on the left`);
  demand(right.length === subtrees(end, checkpoint.size).length, 'the tree has another number of subtrees on the right');
  if (trustedRoot !== undefined) checkTrustedRoot(head, trustedRoot);
  return checkpoint;
}

/** The log key is the trusted one, or one that it replaced and that still vouches for a log of this size. */
function checkTrustedRoot(head, root) {
  checkManifest(root);
  demand(root.organizationId === head.organizationId, 'the trusted root is of another organization');
  const own = namedKey(head.keys, 'log').publicKey;
  demand([namedKey(root, 'log'), ...retiredOf(root)].some((key) => key.publicKey === own), 'the trusted root has another log key');
  openCheckpoint(head.checkpoint, root);
}

// ---------------------------------------------------------------- the tree

function addAll(tree, sizes, hashes) {
  sizes.forEach((size, i) => tree.add(size, hexHash(hashes[i])));
}

// ---------------------------------------------------------------- entries

function isSelected(selector, connectorId, account) {
  if (selector.account !== undefined) return selector.account === `${connectorId}/${account}`;
  return selector.connectorId === undefined || selector.connectorId === connectorId;
}

function checkEntry(line, index, head) {
  demand(line !== null && typeof line === 'object', 'not an entry');
  demand(line.index === index && line.event?.sequence === index, `expected the entry with index ${index}`);
  demand(line.event.organizationId === head.organizationId, 'the event is of another organization');
  time(line.event.at);
}

/** What shows that the package of this entry is here, or is about something else. */
function checkSeal(line, head, trusted, found) {
  const { event } = line;
  if (event.action !== 'evidence.seal' || event.outcome !== 'succeeded') {
    hasExactly(line, 'index', 'event');
    return;
  }
  if (line.package !== undefined) {
    hasExactly(line, 'index', 'event', 'package');
    demand(same(line.package?.log?.event, event), 'the package is that of another entry');
    const { verified, answers, notes } = verifyPackage(bytesOf(line.package), trusted);
    const wrong = answers.find((answer) => !answer.passed);
    demand(verified, `package: ${wrong?.name}: ${wrong?.reason}`);
    const { connectorId, name } = accountOf(line.package.scope.id);
    demand(isSelected(head.selector, connectorId, name), 'the package was not selected');
    found.packages += 1;
    notes.forEach((note) => found.notes.add(note));
    return;
  }
  hasExactly(line, 'index', 'event', 'plan');
  demand(hashOf(line.plan) === event.metadata.planHash, 'the plan is not that of this entry');
  demand(Array.isArray(line.plan.steps) && line.plan.steps.length > 0, 'the plan has no steps');
  for (const step of line.plan.steps) {
    demand(!isSelected(head.selector, step.connectorId, step.account.nativeId), 'a selected package is missing');
  }
  found.others += 1;
}

/** Where an entry stands: the last is after the period, the first before it unless the period begins with the log. */
class Period {
  #last;
  outside = 0;

  constructor(head) {
    this.head = head;
  }

  /** Whether the entry is one between the two. */
  holds(index, at) {
    const { selector: { from, to }, range: { begin, end } } = this.head;
    if (index === end - 1) {
      demand(at >= to, 'the entry after the period is dated within it');
      demand(begin === 0 || end - begin > 1, 'there is no entry before the period');
      demand(this.#last === undefined || this.#last < to, 'the last entry of the period is dated after it');
      return false;
    }
    if (index === begin && (begin > 0 || at < from)) {
      demand(at < from, 'the entry before the period is dated within it');
      return false;
    }
    demand(this.#last !== undefined || at >= from, 'the first entry of the period is dated before it');
    if (at < from || at >= to) this.outside += 1;
    this.#last = at;
    return true;
  }
}

// ---------------------------------------------------------------- the collection

export function verifyCollection(lines, trustedRoot) {
  const found = { packages: 0, others: 0, notes: new Set() };
  let number = 0;
  let head;
  const readable = () => {
    const next = lines.next();
    if (!next.done) number += 1;
    return next;
  };
  try {
    const first = readable();
    demand(!first.done, 'the file is empty');
    head = canonicalLine(first.value);
    const checkpoint = checkHead(head, trustedRoot);
    const { begin, end, left, right } = head.range;
    const tree = new Subtrees();
    addAll(tree, subtrees(0, begin), left);
    const period = new Period(head);
    for (let index = begin; index < end; index++) {
      const next = readable();
      demand(!next.done, `the file ends before the entry with index ${index}`);
      const line = canonicalLine(next.value);
      checkEntry(line, index, head);
      if (period.holds(index, line.event.at)) checkSeal(line, head, trustedRoot ?? head.keys, found);
      else hasExactly(line, 'index', 'event');
      tree.add(1, leafHash(bytesOf(line.event)));
    }
    demand(readable().done, 'there is a line after the last entry');
    addAll(tree, subtrees(end, checkpoint.size), right);
    demand(tree.root().equals(checkpoint.root), 'the entries and the hashes beside them lead to another root');
    found.outside = period.outside;
    if (trustedRoot === undefined) found.notes.add("the keys are the file's own: compare their fingerprint with one from the organization");
    return { verified: true, head, found };
  } catch (error) {
    // A missing member surfaces as a TypeError: what is not there is not proven.
    if (error.code !== undefined && error.syscall !== undefined) throw error;
    return { verified: false, reason: `line ${number}: ${error.message}`, found };
  }
}

function main([path, option, rootPath]) {
  if (path === undefined || (option !== undefined && (option !== '--trusted-root' || rootPath === undefined))) {
    console.error('usage: node verify-collection.mjs FILE [--trusted-root MANIFEST]');
    return 2;
  }
  let root;
  try {
    root = rootPath === undefined ? undefined : JSON.parse(readFileSync(rootPath, 'utf8'));
    const { verified, reason, head, found } = verifyCollection(linesOf(path), root);
    if (!verified) {
      console.log(`refuted: ${reason}`);
      return 1;
    }
    const { selector: { from, to }, range: { begin, end } } = head;
    for (const note of found.notes) console.log(`note     ${note}`);
    console.log(`entries  ${begin} to before ${end}, ${found.outside} of them dated outside the period`);
    console.log(`verified: ${found.packages} packages from ${from} to ${to}, ${found.others} shown to be about something else`);
    return 0;
  } catch (error) {
    console.error(`cannot be read: ${error.message}`);
    return 2;
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = main(process.argv.slice(2));
}
