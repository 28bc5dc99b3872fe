import { run } from 'axe-core';
import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { createWorld, problem, type World } from '../dev/world.mjs';
import { openConsole } from './console';

const ACME = { name: 'Acme', defaultRole: 'readonly', ceiling: 'approver', groupRoles: [] };

/** A world with a directory, and the path that its routes begin with. */
function withDirectory(): { world: World; path: string } {
  const world = createWorld({ role: 'owner' });
  const directories = `/api/v1/organizations/${world.data.organization.id}/directories`;
  const [, added] = world.answer('POST', directories, ACME);
  return { world, path: `${directories}/${idOf(added)}` };
}

function idOf(answer: unknown): string {
  if (typeof answer === 'object' && answer !== null && 'id' in answer) return String(answer.id);
  throw new Error('there is no id');
}

async function openDrawer(world: World, instead?: NonNullable<Parameters<typeof openConsole>[1]>['instead']) {
  const opened = openConsole('/directories', { world, ...(instead && { instead }) });
  await opened.user.click(await screen.findByRole('link', { name: 'Acme' }));
  const drawer = await screen.findByRole('dialog', { name: 'Acme' });
  await within(drawer).findByText(/\/scim\/v2\//);
  return { ...opened, drawer };
}

test('without a directory the page says what to do, and what it means for people', async () => {
  openConsole('/directories', { role: 'admin' });

  expect(await screen.findByText('No directory yet')).toBeVisible();
  expect(screen.getByText(/is out at once: their sessions end/)).toBeVisible();
  expect(screen.getByRole('button', { name: 'Add directory' })).toBeDisabled();
});

test('whoever may not change the organization is told so, and nothing is asked for', async () => {
  const { calls } = openConsole('/directories', { role: 'auditor' });

  expect(await screen.findByText('Your role does not permit this')).toBeVisible();
  expect(screen.queryByRole('link', { name: 'Directory (SCIM)' })).toBeNull();
  expect(calls.some(({ path }) => path.includes('/directories'))).toBe(false);
});

test('a directory is added with roles for groups, and its base URL is there to be copied', async () => {
  const { user, calls } = openConsole('/directories', { role: 'owner' });
  await user.type(await screen.findByLabelText('Name'), 'Acme');
  await user.click(screen.getByRole('button', { name: 'Add a group with a role' }));
  const group = screen.getByRole('group', { name: 'Group 1' });
  expect(screen.getByRole('button', { name: 'Add directory' })).toBeDisabled();
  await user.click(within(group).getByRole('combobox', { name: 'Known by' }));
  await user.click(await screen.findByRole('option', { name: 'External id' }));
  await user.type(within(group).getByRole('textbox', { name: 'External id' }), 'g-1');
  await user.click(screen.getByRole('button', { name: 'Add directory' }));

  const drawer = await screen.findByRole('dialog', { name: 'Acme' });
  expect(calls.find(({ method }) => method === 'POST')?.body).toEqual({
    name: 'Acme',
    defaultRole: 'readonly',
    ceiling: 'requester',
    state: 'active',
    groupRoles: [{ matchedBy: 'external-id', value: 'g-1', role: 'requester' }],
  });
  await user.click(await within(drawer).findByRole('button', { name: 'Copy base URL' }));
  expect(await navigator.clipboard.readText()).toMatch(/\/scim\/v2\/[0-9a-f-]{36}$/);
  expect(within(drawer).getByText('No token')).toBeVisible();
});

test('no role is above the ceiling, and no ceiling is owner', async () => {
  const { user } = openConsole('/directories', { role: 'owner' });
  await user.type(await screen.findByLabelText('Name'), 'Acme');
  await user.click(screen.getByRole('combobox', { name: 'Ceiling' }));
  await screen.findByRole('option', { name: 'Admin' });
  expect(screen.queryByRole('option', { name: 'Owner' })).toBeNull();
  await user.keyboard('{Escape}');

  await user.click(screen.getByRole('combobox', { name: 'Default role' }));
  await user.click(await screen.findByRole('option', { name: 'Approver' }));

  expect(screen.getByText('It is above the ceiling.')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Add directory' })).toBeDisabled();
});

test('a token is shown once, and is nowhere after the dialog is closed', async () => {
  const { world } = withDirectory();
  const { user, calls, drawer } = await openDrawer(world);

  await user.click(within(drawer).getByRole('button', { name: 'Issue token…' }));
  const dialog = await screen.findByRole('dialog', { name: 'Issue a token for Acme' });
  expect(within(dialog).queryByRole('combobox')).toBeNull();
  await user.click(within(dialog).getByRole('button', { name: 'Issue token' }));

  expect(await screen.findByText('Copy it now: it is not shown again')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Copy token' }));
  const token = await navigator.clipboard.readText();
  expect(token).toMatch(/^nxs_/);
  expect(screen.getByText(token)).toBeVisible();

  await user.click(screen.getByRole('button', { name: 'Done' }));

  await waitFor(() => expect(screen.queryByText(token)).toBeNull());
  expect(await within(drawer).findByRole('button', { name: /^Revoke the token/ })).toBeVisible();
  expect(within(drawer).getByText('When it is revoked')).toBeVisible();
  expect(document.body.innerHTML).not.toContain('nxs_');
  expect(JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + document.cookie).not.toContain(
    'nxs_',
  );
  expect(calls.some(({ path, body }) => `${path}${JSON.stringify(body)}`.includes('nxs_'))).toBe(false);

  await user.click(within(drawer).getByRole('button', { name: 'Issue token…' }));
  await screen.findByRole('dialog', { name: 'Issue a token for Acme' });
  expect(screen.queryByText('Copy it now: it is not shown again')).toBeNull();
});

test('a token that follows another one leaves it some hours', async () => {
  const { world, path } = withDirectory();
  world.answer('POST', `${path}/tokens`, {});
  const { user, calls, drawer } = await openDrawer(world);

  await user.click(within(drawer).getByRole('button', { name: 'Issue token…' }));
  const dialog = await screen.findByRole('dialog', { name: 'Issue a token for Acme' });
  await user.click(within(dialog).getByRole('combobox', { name: 'The tokens that are there end' }));
  await user.click(await screen.findByRole('option', { name: 'In 4 hours' }));
  await user.click(within(dialog).getByRole('button', { name: 'Issue token' }));
  await user.click(await screen.findByRole('button', { name: 'Done' }));

  expect(calls.find(({ path: asked }) => asked.endsWith('/tokens'))?.body).toEqual({ overlapHours: 4 });
  expect(await within(drawer).findByText(/^in [34] hours$/)).toBeVisible();
  expect(within(drawer).getByText('When it is revoked')).toBeVisible();
});

test('a token is revoked after one has been asked', async () => {
  const { world, path } = withDirectory();
  world.answer('POST', `${path}/tokens`, {});
  const { user, calls, drawer } = await openDrawer(world);
  expect(within(drawer).getByText('Olga Owner')).toBeVisible();

  await user.click(within(drawer).getByRole('button', { name: /^Revoke the token/ }));
  const dialog = await screen.findByRole('dialog', { name: 'Revoke this token?' });
  expect(within(dialog).getByText(/It is the only one/)).toBeVisible();
  expect(calls.some(({ path: asked }) => asked.endsWith('/revocations'))).toBe(false);
  await user.click(within(dialog).getByRole('button', { name: 'Revoke token' }));

  expect(await within(drawer).findByText('No token')).toBeVisible();
  await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Revoke this token?' })).toBeNull());
});

test('what the server refuses is said in plain words', async () => {
  const { world } = withDirectory();
  const { user, drawer } = await openDrawer(world, ({ method, path }) =>
    method === 'POST' && path.endsWith('/tokens')
      ? problem(409, 'too-many-directory-tokens', 'Too many')
      : undefined,
  );

  await user.click(within(drawer).getByRole('button', { name: 'Issue token…' }));
  await user.click(await screen.findByRole('button', { name: 'Issue token' }));

  expect(await screen.findByText('The directory has five tokens, and no more')).toBeVisible();
});

test('what somebody else has saved meanwhile is not overwritten', async () => {
  const { world, path } = withDirectory();
  const { user, calls, drawer } = await openDrawer(world);
  const name = within(drawer).getByLabelText('Name');
  await user.type(name, ' of mine');
  world.answer('PUT', path, { ...ACME, name: 'Acme of theirs', state: 'active' }, '"1"');

  await user.click(within(drawer).getByRole('button', { name: 'Save' }));

  expect(await within(drawer).findByText('Somebody changed this meanwhile')).toBeVisible();
  expect(await screen.findByRole('dialog', { name: 'Acme of theirs' })).toBeVisible();
  expect(name).toHaveValue('Acme of mine');
  expect(within(drawer).getByText('Somebody changed this meanwhile')).toBeVisible();

  await user.click(within(drawer).getByRole('button', { name: 'Show it as it is now' }));
  expect(name).toHaveValue('Acme of theirs');
  await user.type(name, ', too');
  await user.click(within(drawer).getByRole('button', { name: 'Save' }));

  expect(await screen.findByRole('dialog', { name: 'Acme of theirs, too' })).toBeVisible();
  const puts = calls.filter(({ method }) => method === 'PUT');
  expect(puts.map(({ headers }) => headers.get('If-Match'))).toEqual(['"1"', '"2"']);
});

test('a directory is disabled after one has been told what that means, and enabled again', async () => {
  const { world } = withDirectory();
  const { user, calls, drawer } = await openDrawer(world);
  await user.type(within(drawer).getByLabelText('Name'), ' of mine');

  await user.click(within(drawer).getByRole('button', { name: 'Disable directory…' }));
  const dialog = await screen.findByRole('dialog', { name: 'Disable Acme?' });
  expect(within(dialog).getByText(/Its people stay members/)).toBeVisible();
  expect(calls.some(({ method }) => method === 'PUT')).toBe(false);
  await user.click(within(dialog).getByRole('button', { name: 'Disable directory' }));

  expect(await within(drawer).findByText('Disabled')).toBeVisible();
  // What was typed is not saved with it, and can still be saved after it.
  expect(calls.find(({ method }) => method === 'PUT')?.body).toEqual({ ...ACME, state: 'disabled' });
  await user.click(within(drawer).getByRole('button', { name: 'Save' }));
  expect(await screen.findByRole('dialog', { name: 'Acme of mine' })).toBeVisible();

  await user.click(within(drawer).getByRole('button', { name: 'Enable directory…' }));
  await user.click(await screen.findByRole('button', { name: 'Enable directory' }));
  expect(await within(drawer).findByText('Active')).toBeVisible();
});

test('the keyboard reaches everything, and is somewhere after a group is gone', async () => {
  const { user } = openConsole('/directories', { role: 'owner' });
  (await screen.findByLabelText('Name')).focus();
  await user.keyboard('Acme');
  await user.tab();
  expect(screen.getByRole('combobox', { name: 'Ceiling' })).toHaveFocus();
  await user.tab();
  expect(screen.getByRole('combobox', { name: 'Default role' })).toHaveFocus();
  await user.tab();
  const more = screen.getByRole('button', { name: 'Add a group with a role' });
  expect(more).toHaveFocus();
  await user.keyboard('{Enter}');
  await user.tab({ shift: true });
  expect(screen.getByRole('button', { name: 'Remove group 1' })).toHaveFocus();
  await user.keyboard('{Enter}');
  expect(more).toHaveFocus();
  await user.tab();
  expect(screen.getByRole('button', { name: 'Add directory' })).toHaveFocus();
  await user.keyboard('{Enter}');

  const drawer = await screen.findByRole('dialog', { name: 'Acme' });
  const issue = await within(drawer).findByRole('button', { name: 'Issue token…' });
  for (let steps = 0; steps < 10 && document.activeElement !== issue; steps++) await user.tab();
  expect(issue).toHaveFocus();
  await user.keyboard('{Enter}');
  const submit = await screen.findByRole('button', { name: 'Issue token' });
  for (let steps = 0; steps < 10 && document.activeElement !== submit; steps++) await user.tab();
  await user.keyboard('{Enter}');
  const copy = await screen.findByRole('button', { name: 'Copy token' });
  for (let steps = 0; steps < 10 && document.activeElement !== copy; steps++) await user.tab();
  expect(copy).toHaveFocus();
});

test('a directory with a token and a group has no barrier that axe finds', async () => {
  const { world, path } = withDirectory();
  const groupRoles = [{ matchedBy: 'display-name', value: 'Approvers', role: 'approver' }];
  world.answer('PUT', path, { ...ACME, groupRoles, state: 'active' }, '"1"');
  world.answer('POST', `${path}/tokens`, {});
  const { drawer } = await openDrawer(world);
  await within(drawer).findByRole('table', { name: 'Tokens' });

  const { violations } = await run(drawer, { rules: { 'color-contrast': { enabled: false } } });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
});
