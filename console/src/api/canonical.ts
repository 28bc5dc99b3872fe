export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/**
 * The canonical form of RFC 8785: no white space, members in the order of their UTF-16 code units, numbers
 * and strings as ECMAScript writes them. It is what every hash of JSON in Nuxari is taken over.
 */
export function canonical(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'string') return stringText(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const members = Object.keys(value)
    .sort(byCodeUnits)
    .map((name) => `${stringText(name)}:${canonical(value[name] ?? null)}`);
  return `{${members.join(',')}}`;
}

function byCodeUnits(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError('JSON has no such number');
  return JSON.stringify(value);
}

function stringText(value: string): string {
  if (/[\uD800-\uDFFF]/u.test(value)) throw new RangeError('A lone surrogate has no canonical form');
  return JSON.stringify(value);
}

/** A value of the API as the JSON it came as: what is hashed is everything the server sent, known here or not. */
export function asJson(value: object): Json {
  return value as Json;
}
