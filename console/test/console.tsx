import { createMemoryHistory } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { vi } from 'vitest';
import { createWorld, type World } from '../dev/world.mjs';
import { Console } from '../src/Console';

export interface Call {
  method: string;
  path: string;
  headers: Headers;
  body: unknown;
}

type Answer = [status: number, body: unknown];

interface Options {
  /** Who is signed in; nobody when null. */
  role?: string | null;
  world?: World;
  /** Answers in place of the world; undefined lets it answer. */
  instead?: (call: Call) => Answer | undefined;
}

/** Opens the whole console at a path, with an organization in memory behind it. */
export function openConsole(path: string, { role = 'owner', world, instead }: Options = {}) {
  const server = world ?? createWorld({ role: role ?? 'owner' });
  const calls: Call[] = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    const { pathname, search } = new URL(request.url);
    const text = await request.text();
    const call: Call = {
      method: request.method,
      path: pathname + search,
      headers: request.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
    calls.push(call);
    const [status, body] =
      instead?.(call) ??
      (role === null && !['/api/v1/share', '/api/v1/invite'].some((link) => call.path.startsWith(link))
        ? SIGNED_OUT
        : server.answer(
            call.method,
            call.path,
            call.body,
            call.headers.get('If-Match'),
            call.headers.get('Authorization'),
          ));
    return new Response(status === 204 ? null : JSON.stringify(body), {
      status,
      headers: { 'Content-Type': 'application/json' },
    });
  });
  const history = createMemoryHistory({ initialEntries: [path] });
  const view = render(<Console history={history} env="test" />);
  return { ...view, history, world: server, calls, user: userEvent.setup() };
}

const SIGNED_OUT: Answer = [
  401,
  { type: '/problems/unauthenticated', title: 'Nobody is signed in', status: 401 },
];
