import { run } from 'axe-core';
import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { createWorld } from '../dev/world.mjs';
import { openConsole } from './console';

test('a link is made for somebody, and shown once with what is to be copied', async () => {
  const world = createWorld({ role: 'auditor' });
  const { user, calls } = openConsole(`/evidence/${world.data.packages[0]?.id ?? ''}`, {
    role: 'auditor',
    world,
  });
  await user.click(await screen.findByRole('button', { name: 'Share' }));
  const dialog = await screen.findByRole('dialog', { name: 'Share with somebody outside' });
  expect(within(dialog).getByRole('combobox', { name: /Valid for/ })).toHaveValue('7 days');

  await user.click(within(dialog).getByRole('button', { name: 'Make link' }));
  expect(await within(dialog).findByText('Say for whom the link is.')).toBeVisible();

  await user.type(within(dialog).getByLabelText(/For whom/), 'Ernst{Enter}');

  expect(await screen.findByText('Copy it now: it is not shown again')).toBeVisible();
  expect(screen.getByText(/^http:\/\/localhost(:\d+)?\/shared#nxl_/)).toBeVisible();
  expect(screen.getByRole('button', { name: 'Copy link' })).toBeVisible();
  expect(calls.find(({ method }) => method === 'POST')?.body).toEqual({ recipient: 'Ernst', validDays: 7 });
});

test('what is shared of the log is what the filters find', async () => {
  const { user, calls } = openConsole('/audit?action=approval.decide&outcome=succeeded', { role: 'auditor' });
  await user.click(await screen.findByRole('button', { name: 'Share' }));
  await user.type(await screen.findByLabelText(/For whom/), 'Ernst{Enter}');

  await screen.findByText('Copy it now: it is not shown again');
  expect(calls.find(({ method }) => method === 'POST')?.body).toMatchObject({
    filter: { action: 'approval.decide', outcome: 'succeeded' },
  });
});

test('whoever may not read evidence is offered no sharing', async () => {
  openConsole('/shares', { role: 'approver' });

  expect(await screen.findByText('Your role does not permit this')).toBeVisible();
  expect(screen.queryByRole('link', { name: 'Share links' })).toBeNull();
});

test('where nothing is shared the page says how it is done', async () => {
  openConsole('/shares', { role: 'auditor' });

  expect(await screen.findByText('Nothing is shared')).toBeVisible();
});

test('a link says who was there, and is revoked', async () => {
  const world = createWorld({ role: 'auditor' });
  world.makeLink('package');
  const { user } = openConsole('/shares', { role: 'auditor', world });

  await user.click(await screen.findByRole('link', { name: 'Ernst' }));
  const drawer = await screen.findByRole('dialog', { name: 'Share link' });
  expect(await within(drawer).findByText('198.51.100.7')).toBeVisible();

  await user.click(within(drawer).getByRole('button', { name: 'Revoke link' }));
  const dialog = await screen.findByRole('dialog', { name: 'Revoke the link for Ernst?' });
  await user.click(within(dialog).getByRole('button', { name: 'Revoke link' }));

  await waitFor(() => expect(within(drawer).getByText('Revoked')).toBeVisible());
  expect(within(drawer).queryByRole('button', { name: 'Revoke link' })).toBeNull();
});

test('a stranger sees the package, verified here, and no way to anything else', async () => {
  const world = createWorld({ role: 'auditor' });
  const { token } = world.makeLink('package');
  const { container, history, calls } = openConsole(`/shared#${token}`, { role: null, world });

  expect(await screen.findByRole('heading', { name: 'Evidence package', level: 1 })).toBeVisible();
  expect(await screen.findByText(/computed the hash of each record and the Merkle root again/)).toBeVisible();
  expect(screen.queryByRole('link')).toBeNull();
  expect(screen.getByRole('button', { name: 'PDF' })).toBeVisible();
  const { violations } = await run(container, { rules: { 'color-contrast': { enabled: false } } });
  expect(violations.map(({ id }) => id)).toEqual([]);

  // The token goes with the header and stays nowhere.
  await waitFor(() => expect(history.location.href).toBe('/shared'));
  expect(calls.every(({ path }) => path.startsWith('/api/v1/share') && !path.includes('nxl_'))).toBe(true);
  expect(calls.every(({ headers }) => headers.get('Authorization') === `Bearer ${token}`)).toBe(true);
  expect(JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + document.cookie).not.toContain(
    'nxl_',
  );
});

test('a stranger reads the shared events, each with its proof', async () => {
  const world = createWorld({ role: 'auditor' });
  const { token } = world.makeLink('events');
  const { user } = openConsole(`/shared#${token}`, { role: null, world });

  const table = await screen.findByRole('table', { name: 'Audit events' });
  await waitFor(() => expect(table).toHaveAttribute('aria-busy', 'false'));
  const rows = within(table).getAllByRole('row').slice(1);
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) expect(row).toHaveTextContent('approval.');

  await user.click(within(table).getAllByRole('button', { name: /^Event/ })[0] ?? table);
  expect(await screen.findByText(/followed the proof to the root of the checkpoint/)).toBeVisible();
  expect(screen.queryByRole('link')).toBeNull();
});

test('a link that has ended and one that never was look the same', async () => {
  const world = createWorld({ role: 'auditor' });
  const { share, token } = world.makeLink('package');
  world.answer(
    'POST',
    `/api/v1/organizations/${world.data.organization.id}/shares/${share.id}/revocations`,
    {},
  );
  const seen: string[] = [];
  for (const address of [`/shared#${token}`, '/shared#nxl_never', '/shared']) {
    const { container, unmount } = openConsole(address, { role: null, world });
    await screen.findByRole('heading', { name: 'This link opens nothing', level: 1 });
    seen.push(container.textContent);
    unmount();
  }

  expect(new Set(seen).size).toBe(1);
});
