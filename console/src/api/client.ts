import createClient, { type Middleware } from 'openapi-fetch';
import { ProblemError, problemOf, UNREACHABLE } from './problem';
import type { paths } from './schema.gen';

/*
 * The one way to the server. The session is an HttpOnly cookie this code cannot read; what it holds is the
 * anti-forgery token of /api/v1/me, which is worth nothing without that cookie.
 */
let csrfToken: string | null = null;

export function rememberCsrfToken(token: string | null): void {
  csrfToken = token;
}

/** What every unsafe request carries, and what becomes of a failure: a problem that is thrown. */
const conventions: Middleware = {
  onRequest({ request }) {
    if (request.method === 'GET') return;
    request.headers.set('Idempotency-Key', crypto.randomUUID());
    if (csrfToken !== null) request.headers.set('X-CSRF-Token', csrfToken);
  },
  async onResponse({ response }) {
    if (!response.ok) throw new ProblemError(await problemOf(response));
  },
  onError({ request, error }) {
    if (request.signal.aborted && error instanceof Error) return error;
    return new ProblemError(UNREACHABLE);
  },
};

/** Each operation of the API, typed by its path and method. */
export const api = createClient<paths>({
  // A request needs a whole address where it is made outside a browser.
  baseUrl: window.location.origin,
  credentials: 'same-origin',
  headers: { Accept: 'application/json' },
  // Looked up at each request, so that a test may answer in its place.
  fetch: (request) => fetch(request),
});
api.use(conventions);

/** The body of an answer. There is one: what is not ok has been thrown. */
export async function answerOf<T>(call: Promise<{ data?: T }>): Promise<T> {
  return (await call).data as T;
}

/** What names the version that was looked at, so that nobody's change of it is overwritten unseen. */
export function ifMatch(version: number): { 'If-Match': string } {
  return { 'If-Match': `"${version}"` };
}

/** Saves what is answered as a file, byte for byte; answers with the file's name. */
export async function save(
  call: Promise<{ data?: Blob; response: Response }>,
  fallbackName: string,
): Promise<string> {
  const url = URL.createObjectURL(await answerOf(call));
  const { response } = await call;
  const name = fileName(response.headers.get('Content-Disposition')) ?? fallbackName;
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
