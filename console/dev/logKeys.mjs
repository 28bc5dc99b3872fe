// The keys of a log in memory: they sign its checkpoints, and may be replaced.
import { generateKeyPairSync, sign } from 'node:crypto';

export function createLogKeys(organizationId, start) {
  const retired = [];
  let current = made(start);

  function made(notBefore) {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
    const published = {
      keyId: raw.subarray(0, 4).toString('hex'),
      name: 'log',
      algorithm: 'ed25519',
      publicKey: raw.toString('base64'),
      notBefore,
    };
    return { privateKey, published };
  }

  /** A note: the text, and below it the signature of the key of now. */
  function signed(text) {
    const blob = Buffer.concat([
      Buffer.from(current.published.keyId, 'hex'),
      sign(null, Buffer.from(text), current.privateKey),
    ]);
    return `${text}\n— ${text.split('\n')[0]} ${blob.toString('base64')}\n`;
  }

  function manifest() {
    const version = retired.length + 1;
    const first = {
      v: 1,
      organizationId,
      version,
      issuedAt: current.published.notBefore,
      keys: [current.published],
    };
    return version === 1 ? first : { ...first, v: 2, retired };
  }

  function rotate(treeSize) {
    const rotatedAt = new Date().toISOString();
    const retiredKeyId = current.published.keyId;
    retired.push({ ...current.published, notAfter: rotatedAt, treeSize });
    current = made(rotatedAt);
    const manifestVersion = retired.length + 1;
    return { manifestVersion, keyId: current.published.keyId, retiredKeyId, rotatedAt, treeSize };
  }

  return { signed, manifest, rotate };
}
