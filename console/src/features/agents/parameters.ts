import type { Json } from '#/api/canonical';
import type { AgentAction, AgentParameter } from '#/api/types';
import { fromLocal } from '#/ui/time';

/** What was typed or chosen, by the parameter's name. */
export type Typed = Record<string, string>;

const OCTAL = /^[0-7]{1,4}$/;
const DECIMAL = /^\d{1,10}$/;

/** The value of what was typed; undefined while it is none. Whether it is right for the action, the server says. */
export function valueOf(parameter: AgentParameter, text: string): Json | undefined {
  const typed = text.trim();
  if (typed === '') return undefined;
  switch (parameter.form) {
    case 'choice':
    case 'text':
      return typed;
    case 'truth':
      return typed === 'true';
    case 'moment':
      return fromLocal(typed);
    case 'whole':
      return wholeOf(parameter, typed);
  }
}

/** Permission bits are typed as people know them. */
function wholeOf({ name, least = 0, most = least }: AgentParameter, typed: string): number | undefined {
  const octal = name === 'mode';
  if (!(octal ? OCTAL : DECIMAL).test(typed)) return undefined;
  const number = parseInt(typed, octal ? 8 : 10);
  return number >= least && number <= most ? number : undefined;
}

/** The parameters as the action has them; null while something that must be there is not, or is no value. */
export function parametersOf({ parameters }: AgentAction, typed: Typed): Record<string, Json> | null {
  const values: Record<string, Json> = {};
  for (const parameter of parameters) {
    const text = typed[parameter.name] ?? '';
    const value = valueOf(parameter, text);
    if (value !== undefined) values[parameter.name] = value;
    else if (parameter.required || text.trim() !== '') return null;
  }
  return values;
}
