import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { createWorld } from '../dev/world.mjs';
import { asJson, type Json } from '../src/api/canonical';
import { logKeysOf, signerOf } from '../src/api/logKeys';
import { openConsole } from './console';

const BODY = 'localhost/log/1\n42\nAAECAw==\n';

function keysOf(world: ReturnType<typeof createWorld>) {
  const [, manifest] = world.answer('GET', `/log/${world.data.organization.id}/keys`, undefined);
  return typeof manifest === 'object' && manifest !== null ? (logKeysOf(asJson(manifest))?.keys ?? []) : [];
}

test('a checkpoint is by the key that signed it, also when another has replaced that', async () => {
  const world = createWorld();
  const note = world.logKeys.signed(BODY);
  expect(await signerOf(note, keysOf(world))).toMatchObject({ state: 'signed', key: { retired: null } });

  world.logKeys.rotate(42);
  expect(keysOf(world)).toHaveLength(2);
  expect(await signerOf(note, keysOf(world))).toMatchObject({
    state: 'signed',
    key: { retired: { treeSize: 42 } },
  });
  expect(await signerOf(world.logKeys.signed(BODY), keysOf(world))).toMatchObject({
    state: 'signed',
    key: { retired: null },
  });
});

test('a replaced key signs no larger tree, and a stranger nothing', async () => {
  const world = createWorld();
  const note = world.logKeys.signed(BODY);
  world.logKeys.rotate(41);

  expect(await signerOf(note, keysOf(world))).toEqual({ state: 'unsigned' });
  expect(await signerOf(createWorld().logKeys.signed(BODY), keysOf(world))).toEqual({ state: 'unsigned' });
  expect(await signerOf(note.replace('42', '40'), keysOf(world))).toEqual({ state: 'unsigned' });
});

test('what is no manifest is none', () => {
  const none: Json[] = [null, 'keys', [], {}, { version: 1 }, { version: 1, keys: [{ name: 'log' }] }];
  for (const one of none) expect(logKeysOf(one)).toBeNull();
});

test('an owner replaces the key with a reason, and is told what comes of it', async () => {
  const opened = openConsole('/audit');
  await opened.user.click(await screen.findByRole('button', { name: 'Rotate log key' }));
  const dialog = await screen.findByRole('dialog', { name: /^Replace the log key/ });
  expect(dialog).toHaveTextContent('Everything that was signed so far still verifies');
  const confirm = within(dialog).getByRole('button', { name: 'Rotate log key' });
  expect(confirm).toBeDisabled();

  await opened.user.type(within(dialog).getByLabelText(/^Reason/), 'once a year');
  await opened.user.click(confirm);

  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  const sent = opened.calls.find(({ method }) => method === 'POST');
  expect(sent?.path).toContain('/log-key-rotations');
  expect(sent?.body).toEqual({ manifestVersion: 1, justification: 'once a year' });
  expect(await screen.findByText('Replaced keys')).toBeVisible();
});

test('a key that somebody else has just replaced is not replaced again', async () => {
  const opened = openConsole('/audit');
  await opened.user.click(await screen.findByRole('button', { name: 'Rotate log key' }));
  opened.world.logKeys.rotate(1);
  const dialog = await screen.findByRole('dialog', { name: /^Replace the log key/ });
  await opened.user.type(within(dialog).getByLabelText(/^Reason/), 'once a year');
  await opened.user.click(within(dialog).getByRole('button', { name: 'Rotate log key' }));

  expect(await within(dialog).findByText('Somebody has just replaced the log key')).toBeVisible();
});

test('who may not replace the key sees it and no button', async () => {
  openConsole('/audit', { role: 'auditor' });

  expect(await screen.findByText('Signs since')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Rotate log key' })).toBeNull();
});

test('the browser says which key signed the checkpoint over an event', async () => {
  const world = createWorld({ role: 'auditor' });
  openConsole('/audit?event=0', { role: 'auditor', world });

  expect(await screen.findByText(/The checkpoint is signed by the log key/)).toBeVisible();
});

test('a checkpoint that none of the keys signed is refuted', async () => {
  const other = createWorld({ role: 'auditor' });
  openConsole('/audit?event=0', {
    role: 'auditor',
    instead: ({ method, path }) =>
      path.includes('/log/') ? other.answer(method, path, undefined) : undefined,
  });

  expect(await screen.findByText('None of the log’s keys has signed the checkpoint.')).toBeVisible();
});
