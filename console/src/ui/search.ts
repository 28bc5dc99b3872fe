/** Reads a search parameter of the address that is one of these words; whatever else stands there is no filter. */
export function oneOf<T extends string>(value: unknown, words: Record<T, unknown>): T | undefined {
  return keysOf(words).find((word) => word === value);
}

/** The router reads digits as a number, also where they were a text. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The router reads digits as a number. */
export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

function keysOf<T extends string>(words: Record<T, unknown>): T[] {
  const keys: T[] = [];
  for (const key in words) keys.push(key);
  return keys;
}
