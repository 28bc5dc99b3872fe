// RFC 8785 and RFC 6962 once more, written apart from src/api, so that a mistake there does not agree with itself.
import { createHash } from 'node:crypto';

export function canonicalOf(value) {
  if (Array.isArray(value)) return `[${value.map(canonicalOf).join()}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const sorted = Object.entries(value).sort(([a], [b]) => Number(a > b) - Number(a < b));
  return `{${sorted.map(([name, member]) => `${JSON.stringify(name)}:${canonicalOf(member)}`).join()}}`;
}

const sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

export const hashOf = (value) => sha256(canonicalOf(value)).toString('hex');
export const leafOf = (value) => sha256(Buffer.of(0), canonicalOf(value));
export const nodeOf = (left, right) => sha256(Buffer.of(1), left, right);

export function rootOf(leaves) {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return leaves[0];
  const split = splitOf(leaves.length);
  return nodeOf(rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)));
}

/** RFC 6962, 2.1.1: PATH(m, D[n]). */
export function pathOf(index, leaves) {
  if (leaves.length <= 1) return [];
  const split = splitOf(leaves.length);
  return index < split
    ? [...pathOf(index, leaves.slice(0, split)), rootOf(leaves.slice(split))]
    : [...pathOf(index - split, leaves.slice(split)), rootOf(leaves.slice(0, split))];
}

function splitOf(size) {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}
