import { screen, waitFor, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { createWorld, problem } from '../dev/world.mjs';
import { openConsole } from './console';

type Opened = ReturnType<typeof openConsole>;

function asked({ calls }: Opened): URLSearchParams {
  const last = calls.filter(({ path }) => path.includes('/audit-events?')).at(-1)?.path ?? '?';
  return new URLSearchParams(last.slice(last.indexOf('?')));
}

async function rows(): Promise<string[]> {
  const table = await screen.findByRole('table', { name: 'Audit events' });
  await waitFor(() => expect(table).toHaveAttribute('aria-busy', 'false'));
  return within(table)
    .getAllByRole('row')
    .slice(1)
    .map((row) => row.textContent);
}

async function choose({ user }: Opened, label: string, option: string) {
  await user.click(await screen.findByRole('combobox', { name: label }));
  await user.click(await screen.findByRole('option', { name: option }));
}

test('what is chosen stands in the address, holds together, and the way back takes it off again', async () => {
  const opened = openConsole('/audit', { role: 'auditor' });
  const all = (await rows()).length;

  await choose(opened, 'Action', 'approval.*');
  await waitFor(() => expect(opened.history.location.search).toContain('action=approval.'));
  await waitFor(async () => expect(await rows()).not.toHaveLength(all));
  for (const row of await rows()) expect(row).toContain('approval.');

  await choose(opened, 'Outcome', 'Succeeded');
  await waitFor(() => expect(asked(opened).get('outcome')).toBe('succeeded'));
  expect(asked(opened).get('action')).toBe('approval.');

  opened.history.back();
  await waitFor(() => expect(opened.history.location.search).not.toContain('outcome'));
  expect(screen.getByRole('combobox', { name: 'Outcome' })).toHaveValue('Any outcome');
  opened.history.back();
  await waitFor(async () => expect(await rows()).toHaveLength(all));
});

test('a search is shared by its address', async () => {
  const world = createWorld({ role: 'auditor' });
  const submitted = world.data.events.find(({ action }) => action === 'request.submit');
  const actor = `member:${submitted?.actor.id ?? ''}`;
  const from = '2020-01-01T00:00:00.000Z';
  const opened = openConsole(
    `/audit?actor=${actor}&action=request.submit&targetType=request&targetId=${submitted?.target.id ?? ''}&from=${from}`,
    { role: 'auditor', world },
  );

  expect(await rows()).toHaveLength(1);
  expect(Object.fromEntries(asked(opened))).toMatchObject({
    actor,
    action: 'request.submit',
    targetType: 'request',
    targetId: submitted?.target.id,
    from,
  });
  const chips = screen.getByRole('list', { name: 'Filters that are on' });
  expect(within(chips).getAllByRole('listitem')).toHaveLength(5);
  expect(screen.getByLabelText('Target id')).toHaveValue(submitted?.target.id);
});

test('filters come off one by one, or all at once', async () => {
  const opened = openConsole('/audit?action=approval.decide&outcome=refused', { role: 'auditor' });

  expect(
    await screen.findByText(/these filters hold together: action approval.decide, outcome Refused/),
  ).toBeVisible();
  await opened.user.click(screen.getByRole('button', { name: 'Remove filter outcome' }));
  await waitFor(async () => expect((await rows()).length).toBeGreaterThan(0));
  expect(opened.history.location.search).toContain('action=approval.decide');

  await opened.user.click(screen.getByRole('button', { name: 'Clear all filters' }));
  await waitFor(() => expect(opened.history.location.search).toBe(''));
  expect(screen.queryByRole('list', { name: 'Filters that are on' })).toBeNull();
});

test('from one event its whole matter is followed in order', async () => {
  const world = createWorld({ role: 'auditor' });
  const decided = world.data.events.find(({ action }) => action === 'approval.decide');
  const opened = openConsole(`/audit?event=${decided?.sequence ?? 0}`, { role: 'auditor', world });

  await opened.user.click(await screen.findByRole('link', { name: 'Follow all that belongs to it' }));

  const timeline = await screen.findByRole('list', { name: 'Events in order' });
  expect(opened.history.location.search).toContain(`following=${decided?.approvalRef ?? ''}`);
  const entries = within(timeline)
    .getAllByRole('listitem')
    .map((entry) => entry.textContent);
  expect(entries[0]).toContain('Request submit');
  expect(entries.some((entry) => entry.includes('Approval decide'))).toBe(true);
  expect(screen.getByLabelText(/^Follow one request/)).toHaveValue(decided?.approvalRef);

  await opened.user.click(within(timeline).getAllByRole('link')[0] ?? timeline);
  expect(await screen.findByRole('dialog', { name: /^Event/ })).toBeVisible();
  expect(opened.history.location.search).toContain('following=');
});

test('half an id is not looked for', async () => {
  const opened = openConsole('/audit', { role: 'auditor' });
  const field = await screen.findByLabelText(/^Follow one request/);

  await opened.user.type(field, '019b2c3d');
  await opened.user.tab();

  expect(await screen.findByText(/An id has 36 characters/)).toBeVisible();
  expect(opened.history.location.search).toBe('');
});

test('what was found is saved with the same filters', async () => {
  vi.stubGlobal(
    'URL',
    Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: () => undefined }),
  );
  const opened = openConsole('/audit?action=approval.&outcome=succeeded', { role: 'auditor' });

  await opened.user.click(await screen.findByRole('button', { name: 'Export with proofs' }));

  expect(await screen.findByText('Events downloaded')).toBeVisible();
  const call = opened.calls.find(({ path }) => path.includes('/audit-events/export'));
  expect(call?.path).toMatch(/action=approval\.&outcome=succeeded$/);
});

test('an export that would be too large says what to do', async () => {
  const opened = openConsole('/audit', {
    role: 'auditor',
    instead: ({ path }) =>
      path.includes('/audit-events/export')
        ? problem(422, 'export-too-large', 'There is more than one export holds')
        : undefined,
  });

  await opened.user.click(await screen.findByRole('button', { name: 'Export with proofs' }));

  expect(await screen.findByText(/Narrow the filters/)).toBeVisible();
});
