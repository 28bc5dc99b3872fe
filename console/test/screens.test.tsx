import { run } from 'axe-core';
import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { createWorld, type World } from '../dev/world.mjs';
import { openConsole } from './console';

const SCREENS: [heading: string, path: (data: World['data']) => string][] = [
  ['Overview', () => '/'],
  ['Request access', () => '/catalogue'],
  ['New request', (data) => `/requests/new?entitlementId=${data.entitlements[0]?.id ?? ''}`],
  ['My requests', () => '/requests?whose=everybody'],
  ['Grant billing_owner to Rosa Requester', (data) => `/requests/${data.requests[0]?.id ?? ''}`],
  ['Approvals', () => '/approvals'],
  ['Grant Payment approver to Rosa Requester', (data) => `/approvals/${data.approvals[1]?.id ?? ''}`],
  ['Workflows', () => '/workflows'],
  [
    'Grant shift-leads to Rosa Requester',
    (data) => `/workflows/${data.workflows.find(({ state }) => state === 'failed')?.id ?? ''}`,
  ],
  ['Evidence', () => '/evidence'],
  ['Evidence package', (data) => `/evidence/${data.packages[0]?.id ?? ''}`],
  ['Audit log', () => '/audit'],
  ['Share links', () => '/shares'],
  ['This link opens nothing', () => '/shared'],
  ['Connectors', () => '/connectors'],
  ['Agents', () => '/agents'],
  ['Members', () => '/members'],
  ['Domains', () => '/domains'],
  ['Single sign-on', () => '/single-sign-on'],
  ['Directory (SCIM)', () => '/directories'],
  ['Sign-in rules', () => '/sign-in-rules'],
  ['Your sessions', () => '/sessions'],
  ['Workforce realm', (data) => `/connectors/${data.connectors[0]?.id ?? ''}`],
];

test.each(SCREENS)('the screen "%s" has no barrier that axe finds', async (heading, path) => {
  const world = createWorld({ role: 'owner' });
  const { container } = openConsole(path(world.data), { world });

  await screen.findByRole('heading', { name: heading, level: 1 });
  await waitFor(() => expect(screen.queryAllByRole('status', { name: /^Loading/ })).toEqual([]));

  // Contrast needs a layout; test/theme.test.ts computes it from the colours.
  const { violations } = await run(container, { rules: { 'color-contrast': { enabled: false } } });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
});

test('records of a package are hashed again, and a changed one is found', async () => {
  const world = createWorld({ role: 'auditor' });
  const sealed = world.data.packages[0];
  const path = `/evidence/${sealed?.id ?? ''}`;

  const { unmount } = openConsole(path, { role: 'auditor', world });
  expect(await screen.findByText(/computed the hash of each record and the Merkle root again/)).toBeVisible();
  unmount();

  const record = sealed?.records[3];
  if (record !== undefined) record.content.outcome = 'unchanged';
  openConsole(path, { role: 'auditor', world });
  expect(await screen.findByText(/hash of execution-log does not match/)).toBeVisible();
});

test('an event of the log is followed to the root of its checkpoint', async () => {
  openConsole('/audit?event=5', { role: 'auditor' });

  expect(await screen.findByText(/followed the proof to the root of the checkpoint/)).toBeVisible();
});

test('a log that was tampered with says so before anything else', async () => {
  const { unmount } = openConsole('/audit', { role: 'auditor' });
  expect(await screen.findByText(/Root over all of them/)).toBeVisible();
  expect(screen.queryByRole('alert')).toBeNull();
  unmount();

  const at = '2026-03-01T10:00:00.000Z';
  const finding = { id: 'f', kind: 'control-failure', severity: 'critical', state: 'open' };
  const alarm = {
    ...finding,
    rule: 'log.event-changed',
    subject: 'event 7',
    firstSeenAt: at,
    lastSeenAt: at,
  };
  openConsole('/audit', {
    role: 'auditor',
    instead: ({ path }) => (path.includes('/findings') ? [200, { items: [alarm] }] : undefined),
  });

  const notice = await screen.findByRole('alert');
  expect(notice).toHaveTextContent('The stored log was tampered with');
  expect(notice).toHaveTextContent('event 7: what is stored does not agree with the hash tree');
});
