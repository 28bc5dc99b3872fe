import { screen, waitFor, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { openConsole } from './console';

async function invite(user: ReturnType<typeof openConsole>['user'], email: string) {
  await user.type(await screen.findByLabelText(/E-mail address/), email);
  await user.click(screen.getByRole('button', { name: 'Send invitation' }));
  return screen.findByRole('row', { name: new RegExp(email) });
}

test('without an invitation the page says what one is', async () => {
  openConsole('/invites', { role: 'admin' });

  expect(await screen.findByText('Nobody is invited')).toBeVisible();
  expect(screen.getByText(/Only an account with this address/)).toBeVisible();
});

test('somebody is invited, and nobody is invited as an owner', async () => {
  const { user, calls } = openConsole('/invites', { role: 'owner' });
  await user.click(await screen.findByRole('combobox', { name: 'Role' }));
  expect(screen.queryByRole('option', { name: 'Owner' })).not.toBeInTheDocument();
  await user.click(screen.getByRole('option', { name: 'Auditor' }));

  const row = await invite(user, 'ann@acme.example');

  expect(calls.find(({ method }) => method === 'POST')?.body).toEqual({
    email: 'ann@acme.example',
    role: 'auditor',
  });
  expect(within(row).getByText('Open')).toBeVisible();
  expect(within(row).getByText('Sent')).toBeVisible();
});

test('a mail that was not taken is pointed out', async () => {
  const { user } = openConsole('/invites', { role: 'admin' });

  const row = await invite(user, 'failing@acme.example');

  expect(within(row).getByText('Not sent yet: the mail server cannot be reached')).toBeVisible();
});

test('an invitation is revoked after one has been asked', async () => {
  const { user, calls } = openConsole('/invites', { role: 'admin' });
  await invite(user, 'ann@acme.example');

  await user.click(screen.getByRole('button', { name: 'Revoke for ann@acme.example' }));
  const dialog = await screen.findByRole('dialog', { name: 'Revoke the invitation to ann@acme.example?' });
  expect(calls.some(({ path }) => path.endsWith('/revocations'))).toBe(false);
  await user.click(within(dialog).getByRole('button', { name: 'Revoke invitation' }));

  const row = await screen.findByRole('row', { name: /ann@acme.example.*Revoked/ });
  expect(within(row).queryByRole('button')).not.toBeInTheDocument();
});

test('what the server refuses is said in the dialog', async () => {
  const { user } = openConsole('/invites', { role: 'admin' });
  await invite(user, 'ann@acme.example');

  await user.click(screen.getByRole('button', { name: 'Send again to ann@acme.example' }));
  await user.click(screen.getByRole('button', { name: 'Send again' }));

  expect(await screen.findByText('The invitation was sent a moment ago')).toBeVisible();
});

test('an auditor sees the list and can do nothing', async () => {
  openConsole('/invites', { role: 'auditor' });

  expect(await screen.findByText('Nobody is invited')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Send invitation' })).not.toBeInTheDocument();
});

test('the link shows who invites to what, forgets the token, and goes on to signing in', async () => {
  const assign = vi.fn();
  vi.stubGlobal('location', { origin: window.location.origin, assign });
  const { user, calls, history } = openConsole('/invite#nxi_open', { role: null });

  expect(await screen.findByRole('heading', { name: 'Join Acme Corporation' })).toBeVisible();
  expect(screen.getByText('Approver')).toBeVisible();
  await waitFor(() => expect(history.location.hash).toBe(''));
  await user.click(screen.getByRole('button', { name: 'Accept invitation' }));

  await waitFor(() => expect(assign).toHaveBeenCalledWith('/login/start?returnTo=/&maxAge=0'));
  const accepted = calls.find(({ path }) => path.endsWith('/acceptances'));
  expect(accepted?.headers.get('Authorization')).toBe('Bearer nxi_open');
});

test.each(['/invite', '/invite#nxi_used'])('a link that opens nothing says so: %s', async (path) => {
  openConsole(path, { role: null });

  expect(await screen.findByRole('heading', { name: 'This invitation opens nothing' })).toBeVisible();
  expect(screen.queryByRole('navigation')).not.toBeInTheDocument();
});
