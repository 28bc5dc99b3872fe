import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { openConsole } from './console';

async function add(user: ReturnType<typeof openConsole>['user'], domain: string) {
  await user.type(await screen.findByLabelText('Add a domain'), `${domain}{Enter}`);
  return screen.findByRole('dialog', { name: domain.toLowerCase().replace(/\.$/, '') });
}

test('without a domain the page says what to do', async () => {
  openConsole('/domains', { role: 'admin' });

  expect(await screen.findByText('No domain yet')).toBeVisible();
  expect(screen.getByText(/Only whoever runs a domain can publish/)).toBeVisible();
});

test('a domain is added, its record is shown to be copied, and it is verified', async () => {
  const { user, calls } = openConsole('/domains', { role: 'owner' });

  const drawer = await add(user, 'Acme.Example.');
  expect(calls.find(({ method }) => method === 'POST')?.body).toEqual({ domain: 'acme.example' });
  expect(within(drawer).getByText('Not verified yet')).toBeVisible();
  expect(within(drawer).getByText('_nuxari-challenge.acme.example')).toBeVisible();
  await user.click(within(drawer).getByRole('button', { name: 'Copy value of the record' }));
  expect(await navigator.clipboard.readText()).toMatch(/^nuxari-domain-verification=[0-9a-f]{32}$/);

  await user.click(within(drawer).getByRole('button', { name: 'Check now' }));

  expect(await within(drawer).findByText('The domain is verified.')).toBeVisible();
  expect(await within(drawer).findByText('Verified', { selector: 'span' })).toBeVisible();
  expect(await within(drawer).findByText(/Leave the record where it is/)).toBeVisible();
});

test.each([
  ['no-record', /another type/],
  ['other-values', /v=spf1 -all/],
  ['no-such-name', /whether it is there twice/],
  ['server-failure', /name servers of the domain failed/],
  ['no-answer', /says nothing about the domain/],
  ['held-elsewhere', /as long as it is verified elsewhere/],
])('a look that comes to "%s" says what that means', async (outcome, meaning) => {
  const { user } = openConsole('/domains', { role: 'owner' });
  const drawer = await add(user, `${outcome}.example`);

  await user.click(within(drawer).getByRole('button', { name: 'Check now' }));

  expect(await within(drawer).findByText(meaning)).toBeVisible();
  expect(within(drawer).getByText('Not verified yet')).toBeVisible();
});

test('a domain is removed after one has been asked', async () => {
  const { user, calls } = openConsole('/domains', { role: 'owner' });
  const drawer = await add(user, 'acme.example');

  await user.click(within(drawer).getByRole('button', { name: 'Remove domain…' }));
  const dialog = await screen.findByRole('dialog', { name: 'Remove acme.example?' });
  expect(within(dialog).getByText(/needs another record/)).toBeVisible();
  expect(calls.some(({ path }) => path.endsWith('/removals'))).toBe(false);
  await user.click(within(dialog).getByRole('button', { name: 'Remove domain' }));

  expect(await screen.findByText('No domain yet')).toBeVisible();
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
});

test('what the server refuses is said beside the field', async () => {
  const { user } = openConsole('/domains', { role: 'owner' });

  await user.type(await screen.findByLabelText('Add a domain'), 'co.uk{Enter}');

  expect(await screen.findByText('A field is not valid')).toBeVisible();
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
});

test.each([
  [
    { state: 'verified', failingSince: '2026-03-01T10:00:00Z' },
    'Verified, record missing',
    /within seven days/,
  ],
  [{ state: 'pending', lapsedAt: '2026-03-08T10:00:00Z' }, 'No longer verified', /seven days in a row/],
])('a record that has gone is pointed out', async (how, state, what) => {
  const domain = {
    id: '019b0000-0000-7000-8000-000000000199',
    domain: 'acme.example',
    record: { name: '_nuxari-challenge.acme.example', value: 'nuxari-domain-verification=0' },
    addedAt: '2026-01-01T10:00:00Z',
    ...how,
  };
  const { user } = openConsole('/domains', {
    role: 'owner',
    instead: ({ path }) => (path.includes('/domains?') ? [200, { items: [domain] }] : undefined),
  });

  await user.click(await screen.findByRole('link', { name: 'acme.example' }));

  const drawer = await screen.findByRole('dialog', { name: 'acme.example' });
  expect(within(drawer).getByText(state)).toBeVisible();
  expect(within(drawer).getByText(what)).toBeVisible();
});

test('whoever may not change the organization is told so, and nothing is asked for', async () => {
  const { calls } = openConsole('/domains', { role: 'approver' });

  await screen.findByRole('heading', { name: 'Domains', level: 1 });
  expect(calls.some(({ path }) => path.includes('/domains'))).toBe(false);
});
