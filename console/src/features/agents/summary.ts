import { parameterLabel, parameterText } from '#/agentWords';
import type { Json } from '#/api/canonical';

/** What is said of a host: a kind, and values of that kind. */
export interface Summary {
  kind: string;
  values: [name: string, value: Json][];
}

type Members = Record<string, Json>;

/** Reads a summary; null where there is none, or it is something else. */
export function summaryOf(value: Json | undefined): Summary | null {
  const members = membersOf(value);
  const values = membersOf(members?.values);
  if (members === null || values === null || typeof members.kind !== 'string') return null;
  return { kind: members.kind, values: Object.entries(values) };
}

/** A member of what was signed. */
export function memberOf(content: unknown, name: string): Json | undefined {
  return membersOf(asJson(content))?.[name];
}

export function summariesOf(content: unknown): Summary[] {
  const all = memberOf(content, 'summaries');
  return Array.isArray(all) ? all.map(summaryOf).filter((one) => one !== null) : [];
}

export function valueText([name, value]: [name: string, value: Json]): string {
  return `${parameterLabel(name)}: ${typeof value === 'boolean' ? (value ? 'yes' : 'no') : parameterText(name, value)}`;
}

function membersOf(value: Json | undefined): Members | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
}

/** What the server passed on is JSON. */
function asJson(content: unknown): Json | undefined {
  return isJson(content) ? content : undefined;
}

function isJson(content: unknown): content is Json {
  return content !== undefined;
}
