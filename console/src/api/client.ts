import { ProblemError, problemOf, UNREACHABLE } from './problem';

/*
 * The one way to the server. The session is an HttpOnly cookie this code cannot read; what it holds is the
 * anti-forgery token of /api/v1/me, which is worth nothing without that cookie.
 */
let csrfToken: string | null = null;

export function rememberCsrfToken(token: string | null): void {
  csrfToken = token;
}

export type Query = Record<string, string | number | boolean | null | undefined>;

export function get<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  return call<T>('GET', path + search(query), undefined, signal);
}

export function post<T>(path: string, body: unknown): Promise<T> {
  return call<T>('POST', path, body);
}

export function ofOrganization(organizationId: string, path: string): string {
  return `/api/v1/organizations/${organizationId}${path}`;
}

async function call<T>(
  method: 'GET' | 'POST',
  path: string,
  body: unknown,
  signal?: AbortSignal,
): Promise<T> {
  const headers = new Headers({ Accept: 'application/json' });
  const init: RequestInit = { method, headers, credentials: 'same-origin' };
  if (signal !== undefined) init.signal = signal;
  if (method === 'POST') {
    headers.set('Content-Type', 'application/json');
    headers.set('Idempotency-Key', crypto.randomUUID());
    if (csrfToken !== null) headers.set('X-CSRF-Token', csrfToken);
    init.body = JSON.stringify(body ?? {});
  }
  const response = await answer(path, init);
  if (!response.ok) throw new ProblemError(await problemOf(response));
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
}

async function answer(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ProblemError(UNREACHABLE);
  }
}

function search(query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

/** Saves what is answered as a file, byte for byte; answers with the file's name. */
export async function download(path: string, fallbackName: string): Promise<string> {
  const response = await answer(path, { credentials: 'same-origin' });
  if (!response.ok) throw new ProblemError(await problemOf(response));
  const name = fileName(response.headers.get('Content-Disposition')) ?? fallbackName;
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return name;
}

function fileName(disposition: string | null): string | null {
  return /filename="?([\w.-]+)"?/.exec(disposition ?? '')?.[1] ?? null;
}
