import { expect, test } from 'vitest';
import { canonicalOf, leafOf, pathOf, rootOf } from '../dev/hashing.mjs';
import { canonical, type Json } from '../src/api/canonical';
import { checkpointBody, leafHashOf, merkleRoot, rootOfInclusion } from '../src/api/hashing';

test('members are ordered by their UTF-16 code units, as in the example of RFC 8785', () => {
  const value = {
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    '\ufb33': 'Hebrew Letter Dalet With Dagesh',
    '1': 'One',
    '\ud83d\ude00': 'Emoji: Grinning Face',
    '\u0080': 'Control',
    '\u00f6': 'Latin Small Letter O With Diaeresis',
  };

  const order = [...canonical(value).matchAll(/:"([^"]+)"/g)].map(([, name]) => name);

  expect(order).toEqual([
    'Carriage Return',
    'One',
    'Control',
    'Latin Small Letter O With Diaeresis',
    'Euro Sign',
    'Emoji: Grinning Face',
    'Hebrew Letter Dalet With Dagesh',
  ]);
});

test('numbers, literals and strings are written as in the example of RFC 8785', () => {
  const value: Json = {
    numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
    string: '\u20ac$\u000f\u000aA\'B"\\\\"/',
    literals: [null, true, false],
  };

  expect(canonical(value)).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
      '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
});

test('what has no canonical form is refused', () => {
  expect(() => canonical(Number.NaN)).toThrow();
  expect(() => canonical('\ud800')).toThrow();
});

test('a member named __proto__ is a member like any other', () => {
  const value: Json = { z: 1, ['__proto__']: { a: 2 } };

  expect(canonical(value)).toBe('{"__proto__":{"a":2},"z":1}');
});

test.each(Array.from({ length: 20 }, (_, size) => size + 1))(
  'root and every inclusion proof of a tree with %i leaves agree with an independent implementation',
  async (size) => {
    const values = Array.from({ length: size }, (_, leaf) => ({ leaf, text: canonicalOf({ leaf }) }));
    const leaves = values.map((value) => leafOf(value));
    const root = rootOf(leaves).toString('hex');

    const hashes = await Promise.all(values.map((value) => leafHashOf(value)));

    expect(hashes).toEqual(leaves.map((leaf) => leaf.toString('hex')));
    expect(await merkleRoot(hashes)).toBe(root);
    for (const [index, hash] of hashes.entries()) {
      const proof = pathOf(index, leaves).map((node) => node.toString('hex'));
      expect(await rootOfInclusion(hash, index, size, proof)).toBe(root);
      if (size > 1) {
        expect(await rootOfInclusion(hash, (index + 1) % size, size, proof)).not.toBe(root);
        expect(await rootOfInclusion(hash, index, size, proof.slice(1))).not.toBe(root);
        expect(await rootOfInclusion(hash, index, size, [...proof, hash])).toBeNull();
      }
    }
  },
);

test('the body of a checkpoint is read, and nonsense is not', () => {
  expect(checkpointBody('localhost/log/1\n42\nAAECAw==\n\n— key signature\n')).toEqual({
    origin: 'localhost/log/1',
    size: 42,
    root: '00010203',
  });
  expect(checkpointBody('localhost/log/1\nmany\nAAECAw==\n')).toBeNull();
  expect(checkpointBody('')).toBeNull();
});
