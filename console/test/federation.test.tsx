import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { createWorld } from '../dev/world.mjs';
import { openConsole } from './console';

type User = ReturnType<typeof openConsole>['user'];

async function add(user: User, name: string) {
  await user.type(await screen.findByLabelText('Name'), name);
  await user.type(screen.getByLabelText('Issuer'), 'https://login.microsoftonline.com/t/v2.0');
  await user.type(screen.getByLabelText('Client id'), 'nuxari');
  await user.type(screen.getByLabelText('Client secret'), 'very-secret');
  await user.click(screen.getByRole('button', { name: 'Add as a draft' }));
  return screen.findByRole('dialog', { name });
}

test('without a provider the page says what to do', async () => {
  openConsole('/single-sign-on', { role: 'admin' });

  expect(await screen.findByText('No identity provider yet')).toBeVisible();
  expect(screen.getByText(/Verify your e-mail domain/)).toBeVisible();
});

test('admins look at a provider and check it, and change nothing', async () => {
  const world = createWorld({ role: 'admin' });
  const id = world.seedProvider({ name: 'Acme', preset: 'saml', state: 'enabled' });
  const { user } = openConsole(`/single-sign-on?provider=${id}`, { role: 'admin', world });

  const drawer = await screen.findByRole('dialog', { name: 'Acme' });
  expect(within(drawer).getByText('Only owners change it')).toBeVisible();
  expect(within(drawer).queryByRole('button', { name: 'Disable' })).toBeNull();
  expect(within(drawer).queryByRole('button', { name: 'Remove provider…' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Add as a draft', hidden: true })).toBeNull();
  await user.click(within(drawer).getByRole('button', { name: 'Check the connection' }));
  expect(await within(drawer).findByText('The provider is there and accepts us')).toBeVisible();
});

test('metadata that cannot be used is said at the provider', async () => {
  const world = createWorld({ role: 'owner' });
  const id = world.seedProvider({ name: 'metadata-changed', preset: 'saml', state: 'enabled' });
  openConsole(`/single-sign-on?provider=${id}`, { role: 'owner', world });

  expect(await screen.findByText('Its metadata cannot be used')).toBeVisible();
  expect(screen.getByText(/names another provider or another address/)).toBeVisible();
});

test('others than owners and admins do not see it', async () => {
  openConsole('/single-sign-on', { role: 'auditor' });

  await waitFor(() => expect(screen.queryByText('No identity provider yet')).toBeNull());
});

test('a provider is added as a draft, checked and enabled, and its secret is not shown', async () => {
  const { user, calls } = openConsole('/single-sign-on', { role: 'owner' });

  const drawer = await add(user, 'Acme');
  expect(calls.find(({ method }) => method === 'POST')?.body).toMatchObject({
    name: 'Acme',
    preset: 'entra-id',
    state: 'draft',
    clientSecret: 'very-secret',
    ceiling: 'requester',
  });
  expect(within(drawer).getByText('Draft')).toBeVisible();
  expect(within(drawer).getByText(/broker\/org-.*\/endpoint$/)).toBeVisible();
  expect(screen.queryByDisplayValue('very-secret')).toBeNull();

  await user.click(within(drawer).getByRole('button', { name: 'Check the connection' }));
  expect(await within(drawer).findByText('The provider is there and accepts us')).toBeVisible();

  await user.click(within(drawer).getByRole('button', { name: 'Save and enable' }));
  expect(await within(drawer).findByText('Enabled')).toBeVisible();
  const put = calls.find(({ method }) => method === 'PUT');
  expect(put?.headers.get('If-Match')).toBe('"1"');
  expect(put?.body).not.toHaveProperty('clientSecret');
});

test('what is in the way is said, and it is not enabled', async () => {
  const { user } = openConsole('/single-sign-on', { role: 'owner' });
  const drawer = await add(user, 'client-refused');

  await user.click(within(drawer).getByRole('button', { name: 'Check the connection' }));
  expect(await within(drawer).findByText(/does not accept the client id/)).toBeVisible();

  await user.click(within(drawer).getByRole('button', { name: 'Save and enable' }));
  expect(await within(drawer).findByText('It cannot be enabled as it is')).toBeVisible();
  expect(within(drawer).getByText('Draft')).toBeVisible();
});

test('groups are read line by line, and a line that is none keeps it from being saved', async () => {
  const { user, calls } = openConsole('/single-sign-on', { role: 'owner' });
  const drawer = await add(user, 'Acme');
  const groups = within(drawer).getByLabelText('Roles by groups');

  await user.type(groups, 'a = b = approver{Enter}nobody = king');
  expect(within(drawer).getByText(/“nobody = king” is not a group and a role/)).toBeVisible();
  expect(within(drawer).getByRole('button', { name: 'Save' })).toBeDisabled();

  await user.clear(groups);
  await user.type(groups, 'a = b = approver');
  await user.click(within(drawer).getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(calls.some(({ method }) => method === 'PUT')).toBe(true));
  expect(calls.find(({ method }) => method === 'PUT')?.body).toMatchObject({
    groups: [{ group: 'a = b', role: 'approver' }],
  });
});

test('a provider is removed after one has been asked', async () => {
  const { user } = openConsole('/single-sign-on', { role: 'owner' });
  const drawer = await add(user, 'Acme');

  await user.click(within(drawer).getByRole('button', { name: 'Remove provider…' }));
  const dialog = await screen.findByRole('dialog', { name: 'Remove Acme?' });
  expect(within(dialog).getByText(/stays a member/)).toBeVisible();
  await user.click(within(dialog).getByRole('button', { name: 'Remove provider' }));

  expect(await screen.findByText('No identity provider yet')).toBeVisible();
});
