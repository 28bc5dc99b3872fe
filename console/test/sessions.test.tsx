import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { problem } from '../dev/world.mjs';
import { openConsole } from './console';

test('a person sees where they are signed in, and ends one session', async () => {
  const { user, calls } = openConsole('/', { role: 'requester' });

  await user.click(await screen.findByRole('link', { name: 'Your sessions' }));
  const table = await screen.findByRole('table', { name: 'Sessions' });
  expect(await within(table).findByText('This browser')).toBeVisible();
  expect(within(table).getAllByRole('button', { name: /^End the session/ })).toHaveLength(1);
  await user.click(within(table).getByRole('button', { name: 'End the session from 198.51.100.4' }));
  const dialog = await screen.findByRole('dialog', { name: 'End this session?' });
  expect(within(dialog).getByText(/signed out with its next click/)).toBeVisible();
  await user.click(within(dialog).getByRole('button', { name: 'End session' }));

  await waitFor(() => expect(screen.queryByText('198.51.100.4')).not.toBeInTheDocument());
  expect(screen.getByText('This browser')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'End all other sessions' })).not.toBeInTheDocument();
  expect(calls.find(({ method }) => method === 'DELETE')?.headers.get('X-CSRF-Token')).toBe('csrf-1');
});

test('all others are ended at once, and this one stays', async () => {
  const { user, calls } = openConsole('/sessions', { role: 'requester' });

  await user.click(await screen.findByRole('button', { name: 'End all other sessions' }));
  const dialog = await screen.findByRole('dialog', { name: 'End all your other sessions?' });
  expect(within(dialog).getByText('You stay signed in here, and nowhere else.')).toBeVisible();
  await user.click(within(dialog).getByRole('button', { name: 'End other sessions' }));

  expect(await screen.findByText('One browser is signed out.')).toBeVisible();
  expect(calls.find(({ method }) => method === 'POST')?.body).toEqual({ keepCurrent: true });
  expect(screen.getByText('This browser')).toBeVisible();
});

test('a session that ended meanwhile is said to be none, and is not asked for again', async () => {
  const { user } = openConsole('/sessions', {
    role: 'requester',
    instead: ({ method }) =>
      method === 'DELETE' ? problem(404, 'no-such-session', 'No such session') : undefined,
  });

  await user.click(await screen.findByRole('button', { name: /^End the session/ }));
  const dialog = await screen.findByRole('dialog', { name: 'End this session?' });
  await user.click(within(dialog).getByRole('button', { name: 'End session' }));

  expect(await within(dialog).findByRole('alert')).toHaveTextContent('This session has ended');
  expect(within(dialog).getByRole('button', { name: 'End session' })).toBeDisabled();
});

test('an admin signs a member out, and then nothing is left to end', async () => {
  const { user } = openConsole('/members', { role: 'admin' });

  await user.click(await screen.findByRole('button', { name: 'Sessions: Rosa Requester' }));
  const drawer = await screen.findByRole('dialog', { name: 'Sessions of Rosa Requester' });
  await user.click(await within(drawer).findByRole('button', { name: 'End all sessions' }));
  const dialog = await screen.findByRole('dialog', { name: 'End all sessions of Rosa Requester?' });
  expect(within(dialog).getByText(/to keep them out, suspend them/)).toBeVisible();
  await user.click(within(dialog).getByRole('button', { name: 'End all sessions' }));

  expect(await screen.findByText('Signed in nowhere')).toBeVisible();
  expect(screen.getByText('No browser is signed in as Rosa Requester.')).toBeVisible();
});

test('an admin looks at an owner’s sessions and is offered no end of them', async () => {
  const { user } = openConsole('/members', { role: 'admin' });

  await user.click(await screen.findByRole('button', { name: 'Sessions: Olga Owner' }));
  const drawer = await screen.findByRole('dialog', { name: 'Sessions of Olga Owner' });

  expect(await within(drawer).findByText('198.51.100.1')).toBeVisible();
  expect(within(drawer).getByText('Only an owner may end sessions of an owner.')).toBeVisible();
  expect(within(drawer).queryByRole('button', { name: /^End/ })).not.toBeInTheDocument();
});

test('who only reads the members is shown nobody’s sessions', async () => {
  openConsole('/members', { role: 'auditor' });

  expect(await screen.findByText('Olga Owner')).toBeVisible();
  expect(screen.queryByRole('button', { name: /^Sessions/ })).not.toBeInTheDocument();
});

test('a person sets up a passkey or an app at the broker, and comes back', async () => {
  openConsole('/sessions', { role: 'requester' });

  const ways = await screen.findByRole('region', { name: 'How you sign in' });
  expect(within(ways).getByRole('link', { name: 'Add a passkey' })).toHaveAttribute(
    'href',
    '/login/start?action=passkey&returnTo=%2Fsessions',
  );
  expect(within(ways).getByRole('link', { name: 'Add an authenticator app' })).toHaveAttribute(
    'href',
    '/login/start?action=totp&returnTo=%2Fsessions',
  );
  expect(within(ways).getByText(/you are asked or told when you sign in/)).toBeVisible();
  expect(within(ways).queryByText('It accepts')).not.toBeInTheDocument();
});

test('who may know the rules sees what they demand', async () => {
  openConsole('/sessions', { role: 'owner' });

  const ways = await screen.findByRole('region', { name: 'How you sign in' });
  expect(await within(ways).findByText('It accepts')).toBeVisible();
  expect(within(ways).getByText('Password, Passkey, OpenID Connect, SAML')).toBeVisible();
  expect(within(ways).queryByText(/you are asked or told/)).not.toBeInTheDocument();
});

test('an admin lets a member try again who is locked out', async () => {
  const { user, calls } = openConsole('/members', { role: 'admin' });

  await user.click(await screen.findByRole('button', { name: 'Sessions: Rosa Requester' }));
  const drawer = await screen.findByRole('dialog', { name: 'Sessions of Rosa Requester' });
  expect(await within(drawer).findByText('Rosa Requester is locked out')).toBeVisible();
  await user.click(within(drawer).getByRole('button', { name: 'End the lock' }));
  const dialog = await screen.findByRole('dialog', { name: 'Let Rosa Requester try again?' });
  expect(within(dialog).getByText(/Ask them first whether it was them/)).toBeVisible();
  await user.click(within(dialog).getByRole('button', { name: 'End the lock' }));

  await waitFor(() => expect(screen.queryByText('Rosa Requester is locked out')).not.toBeInTheDocument());
  expect(calls.filter(({ method }) => method === 'POST')).toHaveLength(1);
});

test('a person sees what they sign in with, and removes what they have lost', async () => {
  const { user, calls } = openConsole('/sessions', { role: 'requester' });

  const table = await screen.findByRole('table', { name: 'What you can sign in with' });
  expect(await within(table).findByText('Blue key')).toBeVisible();
  expect(within(table).getByText('Password')).toBeVisible();
  expect(within(table).getAllByRole('button', { name: /^Remove/ })).toHaveLength(2);
  await user.click(within(table).getByRole('button', { name: 'Remove “Blue key”' }));
  const dialog = await screen.findByRole('dialog', { name: 'Remove “Blue key”?' });
  expect(within(dialog).getByText(/signed out everywhere but here/)).toBeVisible();
  await user.click(within(dialog).getByRole('button', { name: 'Remove' }));

  await waitFor(() => expect(screen.queryByText('Blue key')).not.toBeInTheDocument());
  expect(screen.getByText('My phone')).toBeVisible();
  const removal = calls.find(({ method }) => method === 'POST');
  expect(removal?.path).toBe('/api/v1/me/credentials/removals');
  expect(removal?.body).toEqual({ credentialId: 'c2' });
  await waitFor(() => expect(screen.queryByText(/^198\.51\.100/)).not.toBeInTheDocument());
});

test('the last second factor stays, and the console says what to do', async () => {
  const { user } = openConsole('/sessions', {
    role: 'requester',
    instead: ({ path }) =>
      path.endsWith('/removals')
        ? problem(409, 'last-second-factor', 'It is your last second factor')
        : undefined,
  });

  await user.click(await screen.findByRole('button', { name: 'Remove “My phone”' }));
  const dialog = await screen.findByRole('dialog', { name: 'Remove “My phone”?' });
  await user.click(within(dialog).getByRole('button', { name: 'Remove' }));

  expect(await within(dialog).findByRole('alert')).toHaveTextContent(
    'Add another passkey or authenticator app first',
  );
  expect(screen.getByText('My phone', { selector: 'td' })).toBeInTheDocument();
});

test('who is signed in by their organization has nothing to remove', async () => {
  openConsole('/sessions', {
    role: 'requester',
    instead: ({ path }) => (path === '/api/v1/me/credentials' ? [200, { items: [] }] : undefined),
  });

  expect(await screen.findByText('Nothing of your own')).toBeVisible();
});
