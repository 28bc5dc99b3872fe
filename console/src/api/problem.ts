import type { components } from './schema.gen';

/** An error as RFC 9457 spells it; `slug` is the last part of its type. */
export interface Problem {
  slug: string;
  title: string;
  status: number;
  detail: string | null;
  traceId: string | null;
  errors: FieldError[];
  /** Where a second factor is missing: the address of the server where it is shown. */
  signIn: string | null;
}

export type FieldError = NonNullable<components['schemas']['Problem']['errors']>[number];

export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title);
  }
}

/** No answer at all: the server is down, or the network is. */
export const UNREACHABLE: Problem = {
  slug: 'unreachable',
  title: 'The server cannot be reached',
  status: 0,
  detail: null,
  traceId: null,
  errors: [],
  signIn: null,
};

export async function problemOf(response: Response): Promise<Problem> {
  const body = await bodyOf(response);
  return {
    slug: slugOfType(text(body.type)) ?? slugOfStatus(response.status),
    title: text(body.title) ?? `The server answered ${String(response.status)}`,
    status: response.status,
    detail: text(body.detail),
    traceId: text(body.traceId),
    errors: Array.isArray(body.errors) ? body.errors.flatMap(fieldError) : [],
    signIn: startOfSignIn(body.signIn),
  };
}

export function asProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  const detail = error instanceof Error ? error.message : null;
  return {
    slug: 'console-defect',
    title: 'The console made a mistake',
    status: 0,
    detail,
    traceId: null,
    errors: [],
    signIn: null,
  };
}

/** Only our own sign-in: nobody is sent anywhere else by an answer. */
function startOfSignIn(value: unknown): string | null {
  const address = text(value);
  return address !== null && /^\/login\/start\?[\w=&]+$/.test(address) ? address : null;
}

function slugOfType(type: string | null): string | null {
  const slug = /(?:^|\/)problems\/([a-z0-9-]+)$/.exec(type ?? '')?.[1];
  return slug ?? null;
}

function slugOfStatus(status: number): string {
  switch (status) {
    case 401:
      return 'unauthenticated';
    case 403:
      return 'not-permitted';
    case 404:
      return 'not-found';
    case 429:
      return 'rate-limited';
    default:
      return status >= 500 ? 'server-error' : 'refused';
  }
}

async function bodyOf(response: Response): Promise<Record<string, unknown>> {
  try {
    const body: unknown = await response.json();
    return isObject(body) ? body : {};
  } catch {
    return {};
  }
}

function fieldError(value: unknown): FieldError[] {
  if (!isObject(value)) return [];
  return [{ pointer: text(value.pointer) ?? '', detail: text(value.detail) ?? 'is not valid' }];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
