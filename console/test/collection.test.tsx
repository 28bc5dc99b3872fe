import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { createWorld, problem } from '../dev/world.mjs';
import { openConsole } from './console';

type Opened = ReturnType<typeof openConsole>;

async function form(): Promise<HTMLElement> {
  return screen.findByRole('form', { name: 'Period to export' });
}

async function choosePeriod() {
  const period = await form();
  fireEvent.change(within(period).getByLabelText('Begins'), { target: { value: '2026-01-01T00:00' } });
  fireEvent.change(within(period).getByLabelText('Ends'), { target: { value: '2026-04-01T00:00' } });
}

async function choose({ user }: Opened, label: string, option: string) {
  await user.click(within(await form()).getByRole('combobox', { name: label }));
  await user.click(await screen.findByRole('option', { name: option }));
}

function exported({ calls }: Opened): URLSearchParams | undefined {
  const call = calls.find(({ path }) => path.includes('/evidence-collections'));
  return call && new URLSearchParams(call.path.slice(call.path.indexOf('?')));
}

function savesFiles() {
  vi.stubGlobal(
    'URL',
    Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: () => undefined }),
  );
}

test('a period is exported once both its ends are known', async () => {
  savesFiles();
  const opened = openConsole('/evidence', { role: 'auditor' });
  const button = within(await form()).getByRole('button', { name: 'Export period' });
  expect(button).toBeDisabled();
  expect(screen.getByText('Choose when the period begins and ends.')).toBeVisible();

  await choosePeriod();
  await opened.user.click(button);

  expect(await screen.findByText('Period downloaded')).toBeVisible();
  expect(exported(opened)?.get('from')).toBe(new Date('2026-01-01T00:00').toISOString());
  expect(exported(opened)?.get('to')).toBe(new Date('2026-04-01T00:00').toISOString());
  expect(exported(opened)?.has('connectorId')).toBe(false);
});

test('a period that ends before it begins is none', async () => {
  openConsole('/evidence', { role: 'auditor' });
  await choosePeriod();
  fireEvent.change(within(await form()).getByLabelText('Ends'), { target: { value: '2025-01-01T00:00' } });

  expect(await screen.findByText('The period ends before it begins.')).toBeVisible();
  expect(within(await form()).getByRole('button', { name: 'Export period' })).toBeDisabled();
});

test('a system narrows, and one of its accounts more', async () => {
  savesFiles();
  const world = createWorld({ role: 'auditor' });
  const [account] = world.data.accounts;
  const system = world.data.connectors.find(({ id }) => id === account?.connectorId);
  const opened = openConsole('/evidence', { role: 'auditor', world });
  await choosePeriod();

  await choose(opened, 'System', system?.name ?? '');
  await opened.user.click(within(await form()).getByRole('button', { name: 'Export period' }));
  await waitFor(() => expect(exported(opened)?.get('connectorId')).toBe(system?.id));

  opened.calls.length = 0;
  await choose(opened, 'Account', account?.displayName ?? '');
  await opened.user.click(within(await form()).getByRole('button', { name: 'Export period' }));
  await waitFor(() => expect(exported(opened)?.get('account')).toBe(`${system?.id}/${account?.nativeId}`));
  expect(exported(opened)?.has('connectorId')).toBe(false);
});

test('a period that is not over, or too long, says what to do', async () => {
  const answers = [
    problem(422, 'period-not-over', 'The period is not over'),
    problem(422, 'period-too-long', 'The period is longer than one collection holds'),
  ];
  const opened = openConsole('/evidence', {
    role: 'auditor',
    instead: ({ path }) => (path.includes('/evidence-collections') ? answers.shift() : undefined),
  });
  await choosePeriod();

  await opened.user.click(within(await form()).getByRole('button', { name: 'Export period' }));
  expect(await screen.findByText(/Let it end now or earlier/)).toBeVisible();
  await opened.user.click(within(await form()).getByRole('button', { name: 'Export period' }));
  expect(await screen.findByText(/Choose a shorter period/)).toBeVisible();
});
