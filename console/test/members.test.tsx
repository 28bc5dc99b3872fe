import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { createWorld, type World, type WorldMember } from '../dev/world.mjs';
import { CAPABILITIES } from '../src/features/members/memberships';
import { openConsole } from './console';

const ROLE_TABLE = join(import.meta.dirname, '../../kernel/src/main/java/dev/nuxari/kernel/Role.java');

function memberOf(world: World, role: string): WorldMember {
  const member = world.data.members.find((candidate) => candidate.role === role);
  if (member === undefined) throw new Error(`The world has no ${role}`);
  return member;
}

async function rowOf(name: string): Promise<HTMLElement> {
  const row = (await screen.findByText(name, { selector: 'table *' })).closest('tr');
  if (row === null) throw new Error(`${name} is in no row`);
  return row;
}

/** What the last change said it had seen. */
function lastMatched(calls: ReturnType<typeof openConsole>['calls']) {
  return calls
    .filter(({ method }) => method === 'PATCH')
    .at(-1)
    ?.headers.get('If-Match');
}

async function choose(user: ReturnType<typeof openConsole>['user'], role: string) {
  const dialog = await screen.findByRole('dialog');
  await user.click(within(dialog).getByRole('combobox', { name: 'New role' }));
  await user.click(await screen.findByRole('option', { name: role }));
  return dialog;
}

test('a role is changed after its consequences are said, and changed back from the message', async () => {
  const world = createWorld({ role: 'admin' });
  const { user, calls } = openConsole('/members', { role: 'admin', world });

  await user.click(await screen.findByRole('button', { name: 'Change role: Ana Approver' }));
  const dialog = await choose(user, 'Auditor');
  expect(within(dialog).getByText(/^ask for access and decide on approvals$/)).toBeVisible();
  expect(within(dialog).getByText('read the audit log and export evidence')).toBeVisible();
  await user.click(within(dialog).getByRole('button', { name: 'Change role' }));

  await waitFor(async () => expect(await rowOf('Ana Approver')).toHaveTextContent('Auditor'));
  const patch = calls.find(({ method }) => method === 'PATCH');
  expect(patch?.body).toEqual({ role: 'auditor' });
  expect(patch?.headers.get('If-Match')).toBe('"1"');

  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  await waitFor(async () => expect(await rowOf('Ana Approver')).toHaveTextContent('Approver'));
  expect(await screen.findByText('Changed back')).toBeVisible();
  expect(lastMatched(calls)).toBe('"2"');
});

test('somebody is suspended and comes back', async () => {
  const { user } = openConsole('/members', { role: 'owner' });

  await user.click(await screen.findByRole('button', { name: 'Suspend: Rosa Requester' }));
  const dialog = await screen.findByRole('dialog', { name: 'Suspend Rosa Requester?' });
  expect(within(dialog).getByText(/sessions end at once/)).toBeVisible();
  expect(within(dialog).getByText('ask for access')).toBeVisible();
  await user.click(within(dialog).getByRole('button', { name: 'Suspend member' }));

  await waitFor(async () => expect(await rowOf('Rosa Requester')).toHaveTextContent('Suspended'));
  expect(screen.queryByRole('button', { name: 'Undo' })).not.toBeInTheDocument();
  await user.click(await screen.findByRole('button', { name: 'Reactivate: Rosa Requester' }));
  await user.click(await screen.findByRole('button', { name: 'Reactivate member' }));
  await waitFor(async () => expect(await rowOf('Rosa Requester')).toHaveTextContent('Active'));
});

test('the last owner stays, and another role can be tried', async () => {
  const { user } = openConsole('/members', { role: 'owner' });

  await user.click(await screen.findByRole('button', { name: 'Change role: Olga Owner' }));
  const dialog = await choose(user, 'Admin');
  const confirm = within(dialog).getByRole('button', { name: 'Change role' });
  await user.click(confirm);

  expect(await within(dialog).findByRole('alert')).toHaveTextContent('would have no active owner');
  expect(confirm).toBeDisabled();
  await choose(user, 'Auditor');
  expect(within(dialog).queryByRole('alert')).not.toBeInTheDocument();
  expect(confirm).toBeEnabled();
});

test('a member that changed meanwhile is shown as it is now before the change can be sent again', async () => {
  const world = createWorld({ role: 'owner' });
  const rosa = memberOf(world, 'requester');
  const { user, calls } = openConsole('/members', { role: 'owner', world });

  await user.click(await screen.findByRole('button', { name: 'Change role: Rosa Requester' }));
  const dialog = await choose(user, 'Auditor');
  Object.assign(rosa, { role: 'approver', version: 2 });
  await user.click(within(dialog).getByRole('button', { name: 'Change role' }));

  expect(await within(dialog).findByRole('alert')).toHaveTextContent('Somebody changed this meanwhile');
  expect(await within(dialog).findByText('Approver', { selector: 'dd' })).toBeVisible();
  await user.click(within(dialog).getByRole('button', { name: 'Change role' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  expect(lastMatched(calls)).toBe('"2"');
  expect(rosa.role).toBe('auditor');
});

test('nobody is offered what is above them, nor their own membership', async () => {
  const { user } = openConsole('/members', { role: 'admin' });

  expect(await rowOf('Olga Owner')).toHaveTextContent('Only an owner may');
  expect(await rowOf('Adam Admin')).toHaveTextContent('Somebody else changes yours');
  await user.click(await screen.findByRole('button', { name: 'Change role: Rosa Requester' }));
  await user.click(within(await screen.findByRole('dialog')).getByRole('combobox', { name: 'New role' }));
  expect((await screen.findAllByRole('option')).map(({ textContent }) => textContent)).toEqual([
    'Admin',
    'Approver',
    'Requester',
    'Auditor',
    'Read only',
  ]);
});

test('who may only read the members is offered no change', async () => {
  openConsole('/members', { role: 'auditor' });

  expect(await rowOf('Olga Owner')).toHaveTextContent('owner@acme.example');
  expect(screen.queryByRole('columnheader', { name: 'Change' })).not.toBeInTheDocument();
});

test('who may not read the members is told so, and the server is not asked', async () => {
  const { calls } = openConsole('/members', { role: 'requester' });

  expect(await screen.findByText('Your role does not permit this')).toBeVisible();
  expect(calls.map(({ path }) => path)).toEqual(['/api/v1/me']);
});

test('members are searched and filtered by the server', async () => {
  const { user, calls } = openConsole('/members?role=owner', { role: 'auditor' });

  expect(await rowOf('Olga Owner')).toBeVisible();
  await user.type(screen.getByRole('searchbox', { name: 'Search the members' }), 'nobody');
  expect(await screen.findByText('Nobody matches')).toBeVisible();
  expect(calls.some(({ path }) => path.includes('role=owner') && path.includes('query=nobody'))).toBe(true);
});

test('what the console says a role can do is what the server permits', () => {
  const source = readFileSync(ROLE_TABLE, 'utf8');
  const entries = [...source.matchAll(/^ {4}([A-Z]+)\((Permission\.\w+|Set\.of)\(([^)]*)\)\)[,;]/gm)];
  expect(entries).toHaveLength(6);
  const permits = (rule: string, names: string, permission: string) =>
    (rule === 'Set.of') === named(names, permission);
  for (const { does, permission, roles } of CAPABILITIES) {
    const constant = permission.toUpperCase().replaceAll(/[:-]/g, '_');
    expect(
      entries
        .filter(([, , rule = '', names = '']) => permits(rule, names, constant))
        .map(([, role = '']) => role.toLowerCase()),
      does,
    ).toEqual(roles);
  }
});

function named(names: string, permission: string): boolean {
  return names
    .split(',')
    .map((name) => name.trim().replace('Permission.', ''))
    .includes(permission);
}
