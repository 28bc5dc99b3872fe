import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { createWorld } from '../dev/world.mjs';
import { openConsole } from './console';

test('from the search in the catalogue to the page of the submitted request', async () => {
  const { user, calls, history } = openConsole('/catalogue', { role: 'requester' });

  await user.type(await screen.findByRole('searchbox', { name: 'Search the catalogue' }), 'payments');
  expect(await screen.findByRole('link', { name: 'Payment approver' })).toBeVisible();
  await screen.findByRole('link', { name: 'Payment approver' });
  await user.click(screen.getByRole('link', { name: 'Payment approver' }));
  await user.click(await screen.findByRole('button', { name: 'Request access' }));
  await user.type(
    await screen.findByLabelText(/Justification/),
    'Stands in during the leave of a colleague.',
  );
  await user.click(screen.getByRole('button', { name: 'Submit request' }));

  expect(
    await screen.findByRole('heading', { name: 'Grant Payment approver to Rosa Requester' }),
  ).toBeVisible();
  expect(await screen.findByRole('list', { name: 'Timeline' })).toHaveTextContent('Submitted');
  expect(history.location.pathname).toMatch(/^\/requests\/[0-9a-f-]{36}$/);
  expect(calls.some(({ path }) => path.includes('query=payments'))).toBe(true);
});

test('a justification that says nothing is not sent', async () => {
  const world = createWorld({ role: 'requester' });
  const entitlement = world.data.entitlements.find(({ held }) => !held);
  const { user, calls } = openConsole(`/requests/new?entitlementId=${entitlement?.id ?? ''}`, {
    role: 'requester',
    world,
  });

  await user.type(await screen.findByLabelText(/Justification/), '   ');
  await user.click(screen.getByRole('button', { name: 'Submit request' }));

  expect(await screen.findByText('Say what you need it for.')).toBeVisible();
  expect(calls.filter(({ method }) => method === 'POST')).toEqual([]);
});

test('what the server finds wrong with a field stands beside the field', async () => {
  const world = createWorld({ role: 'requester' });
  const entitlement = world.data.entitlements.find(({ held }) => !held);
  const { user } = openConsole(`/requests/new?entitlementId=${entitlement?.id ?? ''}`, {
    role: 'requester',
    world,
    instead: ({ method }) =>
      method === 'POST'
        ? [
            400,
            {
              type: '/problems/invalid-field',
              title: 'A field is not valid',
              status: 400,
              errors: [{ pointer: '/justification', detail: 'must not be blank' }],
            },
          ]
        : undefined,
  });

  await user.type(await screen.findByLabelText(/Justification/), 'Long enough to be sent.');
  await user.click(screen.getByRole('button', { name: 'Submit request' }));

  expect(await screen.findByLabelText(/Justification/)).toHaveAccessibleDescription(/must not be blank/);
});

test('an undecided request can be taken back, after a question', async () => {
  const world = createWorld({ role: 'requester' });
  const request = world.data.requests.find(
    ({ state, requester }) => state === 'submitted' && requester.displayName === 'Rosa Requester',
  );
  const { user } = openConsole(`/requests/${request?.id ?? ''}`, { role: 'requester', world });

  await user.click(await screen.findByRole('button', { name: 'Cancel request' }));
  await user.click(await screen.findByRole('button', { name: 'Confirm cancellation' }));

  expect(await screen.findByText('Cancelled')).toBeVisible();
});
