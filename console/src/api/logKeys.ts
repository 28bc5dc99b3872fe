import type { Json } from './canonical';
import { checkpointBody } from './hashing';

/** A key of the log. One that was replaced has an end: a time, and how many events the log had. */
export interface LogKey {
  keyId: string;
  publicKey: string;
  notBefore: string;
  retired: { notAfter: string; treeSize: number } | null;
}

/** The log's keys as the newest manifest names them (docs/formats/key-manifest.md), the present one first. */
export interface LogKeys {
  version: number;
  keys: LogKey[];
}

/** Reads a manifest; null when it is none. Whether it is the organization's is not asked here. */
export function logKeysOf(manifest: Json): LogKeys | null {
  if (!isObject(manifest) || typeof manifest.version !== 'number') return null;
  const current = objects(manifest.keys).filter(({ name }) => name === 'log');
  const keys = [...current, ...objects(manifest.retired).toReversed()].map(logKeyOf);
  return keys.length > 0 && keys.every((key) => key !== null) ? { version: manifest.version, keys } : null;
}

export type Signer = { state: 'signed'; key: LogKey } | { state: 'unsigned' } | { state: 'unsupported' };

/** Which of the log's keys has signed a checkpoint, and might: a replaced one signs no larger tree. */
export async function signerOf(note: string, keys: LogKey[]): Promise<Signer> {
  const body = checkpointBody(note);
  const end = note.lastIndexOf('\n\n');
  const signatures = note
    .slice(end + 2)
    .split('\n')
    .filter((line) => line.startsWith('— '));
  const text = Uint8Array.from(new TextEncoder().encode(note.slice(0, end + 1)));
  if (body === null || end < 0) return { state: 'unsigned' };
  try {
    for (const key of keys.filter(({ retired }) => retired === null || body.size <= retired.treeSize)) {
      const verifier = await crypto.subtle.importKey('raw', bytesOf(key.publicKey), 'Ed25519', false, [
        'verify',
      ]);
      for (const line of signatures) {
        // Four bytes say which key it may be by; the rest is the signature.
        const signature = bytesOf(line.slice(line.lastIndexOf(' ') + 1)).slice(4);
        if (await crypto.subtle.verify('Ed25519', verifier, signature, text)) return { state: 'signed', key };
      }
    }
  } catch {
    return { state: 'unsupported' };
  }
  return { state: 'unsigned' };
}

function logKeyOf(key: Record<string, Json>): LogKey | null {
  const { keyId, publicKey, notBefore, notAfter, treeSize } = key;
  if (typeof keyId !== 'string' || typeof publicKey !== 'string' || typeof notBefore !== 'string')
    return null;
  const retired =
    typeof notAfter === 'string' && typeof treeSize === 'number' ? { notAfter, treeSize } : null;
  return { keyId, publicKey, notBefore, retired };
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

function objects(value: Json | undefined): Record<string, Json>[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function isObject(value: Json): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
