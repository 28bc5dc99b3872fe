#!/usr/bin/env node
// A second verifier of whole logs, written from docs/formats/transparency-log.md alone: it reads the checkpoint, every bundle of
// entries and every tile, and computes all hashes anew. Node 20 or later, no dependencies.
//
//   node verify-log.mjs LOG --trusted-root MANIFEST [--token-file FILE]
//
// LOG is https://…/log/<organizationId>, or a folder with the same paths. Exit 0 verified, 1 refuted, 2 usage, 3 unreadable.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytesOf, checkManifest, demand, leafHash, merkleRoot, openCheckpoint, Subtrees } from './verify.mjs';

const FULL = 256;
const HASH = 32;
const LARGEST = FULL * (2 + 0xffff);

class Unreadable extends Error {}

// ---------------------------------------------------------------- where the log is read from

function fromFolder(folder) {
  return async (path) => {
    try {
      return readFileSync(join(folder, path));
    } catch (error) {
      demand(error.code !== 'ENOENT', `${path} is not there`);
      throw new Unreadable(`${path}: ${error.message}`);
    }
  };
}

function fromServer(address, token) {
  const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  return async (path) => {
    for (let attempt = 1; ; attempt++) {
      const answer = await fetch(`${address}/${path}`, { headers, redirect: 'error' }).catch((error) => {
        throw new Unreadable(`${path}: ${error.message}`);
      });
      if (answer.status === 200) return Buffer.from(await answer.arrayBuffer());
      demand(answer.status !== 404, `${path} is not there`);
      if (answer.status !== 429 || attempt === 20) throw new Unreadable(`${path}: the server answered ${answer.status}`);
      const seconds = Number(answer.headers.get('Retry-After')) || 1;
      await new Promise((resolve) => setTimeout(resolve, 1000 * Math.min(30, seconds)));
    }
  };
}

// ---------------------------------------------------------------- pieces

/** N in groups of three digits, all but the last after an x; the width where the piece is not full. */
function address(kind, number, width) {
  let groups = String(number % 1000).padStart(3, '0');
  for (let rest = Math.floor(number / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    groups = `x${String(rest % 1000).padStart(3, '0')}/${groups}`;
  }
  return `tile/${kind}/${groups}${width === FULL ? '' : `.p/${width}`}`;
}

function entriesOf(bytes, width, path) {
  const entries = [];
  let at = 0;
  while (at < bytes.length) {
    demand(at + 2 <= bytes.length, `${path} ends within an entry`);
    const end = at + 2 + bytes.readUInt16BE(at);
    demand(end <= bytes.length, `${path} ends within an entry`);
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  demand(entries.length === width, `${path} holds ${entries.length} entries instead of ${width}`);
  return entries;
}

function checkEntry(entry, index, organizationId) {
  let event;
  try {
    event = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(entry));
  } catch {
    demand(false, `entry ${index} is no JSON`);
  }
  demand(bytesOf(event).equals(entry), `entry ${index} is not in the canonical form`);
  demand(event?.organizationId === organizationId, `entry ${index} is of another organization`);
  demand(event.sequence === index, `entry ${index} says that it is ${event.sequence}`);
}

async function checkTile(read, level, number, hashes) {
  const path = address(level, number, hashes.length);
  const bytes = await read(path);
  demand(bytes.length === hashes.length * HASH, `${path} does not hold ${hashes.length} hashes`);
  demand(bytes.equals(Buffer.concat(hashes)), `${path} has other hashes than the entries below it`);
}

// ---------------------------------------------------------------- the log

export async function verifyLog(source, manifest) {
  const read = async (path) => {
    const bytes = await source(path);
    demand(bytes.length <= LARGEST, `${path} is larger than any part of a log`);
    return bytes;
  };
  checkManifest(manifest);
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await read('checkpoint'));
  const checkpoint = openCheckpoint(text, manifest);
  if (checkpoint.size === 0) {
    demand(text.split('\n')[2] === '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=', 'a root over no entries');
    return checkpoint;
  }
  const range = new Subtrees();
  let above = [];
  for (let first = 0; first < checkpoint.size; first += FULL) {
    const width = Math.min(FULL, checkpoint.size - first);
    const path = address('entries', first / FULL, width);
    const entries = entriesOf(await read(path), width, path);
    entries.forEach((entry, i) => checkEntry(entry, first + i, manifest.organizationId));
    const leaves = entries.map((entry) => leafHash(entry));
    await checkTile(read, 0, first / FULL, leaves);
    if (width === FULL) {
      above.push(merkleRoot(leaves));
      range.add(FULL, above.at(-1));
    } else {
      leaves.forEach((leaf) => range.add(1, leaf));
    }
  }
  for (let level = 1; above.length > 0; level++) {
    const next = [];
    for (let first = 0; first < above.length; first += FULL) {
      const hashes = above.slice(first, first + FULL);
      await checkTile(read, level, first / FULL, hashes);
      if (hashes.length === FULL) next.push(merkleRoot(hashes));
    }
    above = next;
  }
  demand(range.root().equals(checkpoint.root), 'the entries lead to another root than the signed one');
  return checkpoint;
}

async function main([log, ...options]) {
  const option = (name) => {
    const at = options.indexOf(name);
    return at < 0 ? undefined : options[at + 1];
  };
  const trusted = option('--trusted-root');
  if (log === undefined || trusted === undefined) {
    console.error('usage: node verify-log.mjs LOG --trusted-root MANIFEST [--token-file FILE]');
    return 2;
  }
  const tokenFile = option('--token-file');
  const token = tokenFile === undefined ? undefined : readFileSync(tokenFile, 'utf8').trim();
  const source = /^https?:/.test(log) ? fromServer(log.replace(/\/$/, ''), token) : fromFolder(log);
  try {
    const { origin, size } = await verifyLog(source, JSON.parse(readFileSync(trusted, 'utf8')));
    console.log(`verified: ${size} entries of ${origin} lead to the signed root`);
    return 0;
  } catch (error) {
    console.log(`${error instanceof Unreadable ? 'unreadable' : 'refuted'}: ${error.message}`);
    return error instanceof Unreadable ? 3 : 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
