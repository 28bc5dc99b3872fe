import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { problem } from '../dev/world.mjs';
import { openConsole } from './console';

const LABELS: [role: string, labels: string[]][] = [
  ['requester', ['Overview', 'Request access', 'My requests', 'Workflows']],
  [
    'approver',
    [
      'Overview',
      'Request access',
      'My requests',
      'Approvals',
      'Workflows',
      'Connectors',
      'Agents',
      'Members',
      'Invitations',
    ],
  ],
  [
    'auditor',
    [
      'Overview',
      'My requests',
      'Approvals',
      'Workflows',
      'Evidence',
      'Audit log',
      'Share links',
      'Connectors',
      'Agents',
      'Members',
      'Invitations',
    ],
  ],
  [
    'admin',
    [
      'Overview',
      'Request access',
      'My requests',
      'Approvals',
      'Workflows',
      'Evidence',
      'Audit log',
      'Share links',
      'Connectors',
      'Agents',
      'Members',
      'Invitations',
      'Domains',
      'Single sign-on',
      'Directory (SCIM)',
      'Sign-in rules',
    ],
  ],
  ['readonly', ['Overview', 'My requests', 'Workflows', 'Connectors', 'Agents']],
];

test.each(LABELS)('the navigation of a %s reaches as far as the role', async (role, labels) => {
  openConsole('/', { role });

  const navigation = await screen.findByRole('navigation', { name: 'Main' });

  expect(
    within(navigation)
      .getAllByRole('link')
      .map((link) => link.textContent),
  ).toEqual(labels);
});

test('whoever is not signed in is offered the way in', async () => {
  openConsole('/approvals', { role: null });

  expect(await screen.findByRole('button', { name: 'Sign in' })).toBeVisible();
  expect(screen.queryByRole('navigation')).not.toBeInTheDocument();
});

test('a session that ends on the way brings back the sign-in page', async () => {
  openConsole('/workflows', {
    instead: ({ path }) =>
      path.includes('/workflows') ? problem(401, 'unauthenticated', 'Signed out') : undefined,
  });

  expect(await screen.findByRole('button', { name: 'Sign in' })).toBeVisible();
});

test('a page the role does not reach says so and asks the server nothing', async () => {
  const { calls } = openConsole('/audit', { role: 'requester' });

  expect(await screen.findByText('Your role does not permit this')).toBeVisible();
  expect(calls.map(({ path }) => path)).toEqual(['/api/v1/me']);
});

test('a problem says what happened, what to do, and gives the trace id', async () => {
  openConsole('/requests/nope');

  const notice = await screen.findByRole('alert');

  expect(notice).toHaveTextContent('There is nothing here');
  expect(notice).toHaveTextContent('4bf92f3577b34da6a3ce929d0e0e4736');
  expect(within(notice).getByRole('button', { name: 'Copy trace id' })).toBeVisible();
});

test('an address that leads nowhere says so', async () => {
  openConsole('/nowhere');

  expect(await screen.findByRole('heading', { name: 'Page not found' })).toBeVisible();
});
