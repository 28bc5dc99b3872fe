import { canonical, type Json } from './canonical';

/** Whether this page may compute hashes: browsers offer it on https and on localhost only. */
export function canHash(): boolean {
  return typeof crypto === 'object' && typeof crypto.subtle === 'object';
}

/** What a plan, a summary and the like are known by: SHA-256 over the canonical form, lower-case hex. */
export async function hashOf(value: Json): Promise<string> {
  return hex(await sha256(encoded(canonical(value))));
}

/** RFC 6962: the hash of a leaf, here of the canonical form of a record or an event. */
export async function leafHashOf(value: Json): Promise<string> {
  return hex(await sha256(joined(Uint8Array.of(0), encoded(canonical(value)))));
}

/** RFC 6962: the root of the tree over these leaf hashes, in their order. */
export async function merkleRoot(leaves: string[]): Promise<string> {
  const [only] = leaves;
  if (only === undefined) return hex(await sha256(new Uint8Array()));
  if (leaves.length === 1) return only;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return node(await merkleRoot(leaves.slice(0, split)), await merkleRoot(leaves.slice(split)));
}

/** RFC 9162, 2.1.3.2: the root that a leaf and its inclusion proof lead to; null when the proof has a wrong length. */
export async function rootOfInclusion(
  leaf: string,
  index: number,
  size: number,
  proof: string[],
): Promise<string | null> {
  if (index >= size) return null;
  let position = index;
  let last = size - 1;
  let root = leaf;
  for (const sibling of proof) {
    if (last === 0) return null;
    if (position % 2 === 1 || position === last) {
      root = await node(sibling, root);
      while (position % 2 === 0 && position !== 0) {
        position = Math.floor(position / 2);
        last = Math.floor(last / 2);
      }
    } else {
      root = await node(root, sibling);
    }
    position = Math.floor(position / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? root : null;
}

export async function hashOfBytes(bytes: ArrayBuffer): Promise<string> {
  return hex(await sha256(new Uint8Array(bytes)));
}

export interface CheckpointBody {
  origin: string;
  size: number;
  root: string;
}

/** The three lines of a checkpoint's body: origin, tree size, root (base64 on the wire, hex here). */
export function checkpointBody(note: string): CheckpointBody | null {
  const [origin, size, root] = note.split('\n');
  if (origin === undefined || size === undefined || root === undefined || !/^\d+$/.test(size)) return null;
  try {
    return { origin, size: Number(size), root: hex(Uint8Array.from(atob(root), (c) => c.charCodeAt(0))) };
  } catch {
    return null;
  }
}

async function node(left: string, right: string): Promise<string> {
  return hex(await sha256(joined(Uint8Array.of(1), unhex(left), unhex(right))));
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

function encoded(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(new TextEncoder().encode(text));
}

function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function unhex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}
