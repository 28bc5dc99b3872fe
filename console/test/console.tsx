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
  vi.stubGlobal('fetch', (url: string, init: RequestInit = {}) => {
    const call: Call = {
      method: init.method ?? 'GET',
      path: url,
      headers: new Headers(init.headers),
      body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
    };
    calls.push(call);
    const [status, body] =
      instead?.(call) ?? (role === null ? SIGNED_OUT : server.answer(call.method, url, call.body));
    return Promise.resolve(
      new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } }),
    );
  });
  const history = createMemoryHistory({ initialEntries: [path] });
  const view = render(<Console history={history} env="test" />);
  return { ...view, history, world: server, calls, user: userEvent.setup() };
}

const SIGNED_OUT: Answer = [
  401,
  { type: '/problems/unauthenticated', title: 'Nobody is signed in', status: 401 },
];
