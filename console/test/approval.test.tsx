import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { createWorld, problem, type World, type WorldApproval } from '../dev/world.mjs';
import { openConsole } from './console';

function openApprovalOf(world: World): WorldApproval {
  const approval = world.data.approvals.find(
    ({ state, decisions }) => state === 'open' && decisions.length === 0,
  );
  if (approval === undefined) throw new Error('The world has no open approval');
  return approval;
}

function given(role: string) {
  const world = createWorld({ role });
  const approval = openApprovalOf(world);
  return { world, approval, path: `/approvals/${approval.id}` };
}

test('the exact plan stands beside its hash, and the browser says that they match', async () => {
  const { world, approval, path } = given('approver');

  openConsole(path, { role: 'approver', world });

  expect(await screen.findByText(/hash of what you see matches/)).toBeVisible();
  expect(screen.getByText(approval.planHash)).toBeVisible();
  const plan = screen.getByText(/^\{"beneficiary"/);
  expect(JSON.parse(plan.textContent)).toEqual(approval.plan);
});

test('an approval is sent with the reason and the hash of the plan that was shown', async () => {
  const { world, approval, path } = given('approver');
  const { user, calls } = openConsole(path, { role: 'approver', world });

  await screen.findByText(/hash of what you see matches/);
  await user.type(screen.getByLabelText(/Reason/), 'Covers the vacancy.');
  await user.click(screen.getByRole('button', { name: 'Approve plan' }));
  await user.click(await screen.findByRole('button', { name: 'Confirm approval' }));

  expect(await screen.findByText('This approval is granted')).toBeVisible();
  const decision = calls.find(({ method }) => method === 'POST');
  expect(decision?.body).toEqual({
    verdict: 'approve',
    reason: 'Covers the vacancy.',
    planHash: approval.planHash,
  });
  expect(decision?.headers.get('X-CSRF-Token')).toBe('csrf-1');
  expect(decision?.headers.get('Idempotency-Key')).toMatch(/^[0-9a-f-]{36}$/);
});

test('without a reason nothing is asked and nothing is sent', async () => {
  const { world, path } = given('approver');
  const { user, calls } = openConsole(path, { role: 'approver', world });

  await screen.findByText(/hash of what you see matches/);
  await user.click(screen.getByRole('button', { name: 'Reject plan' }));

  expect(await screen.findByText(/Give a reason/)).toBeVisible();
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  expect(calls.filter(({ method }) => method === 'POST')).toEqual([]);
});

test('a plan that is not the one its hash names cannot be approved', async () => {
  const { world, approval, path } = given('approver');
  const step = approval.plan.steps[0];
  if (step !== undefined) step.account.nativeId = 'somebody.else';

  openConsole(path, { role: 'approver', world });

  expect(await screen.findByText(/hash of what you see does not match/)).toBeVisible();
  expect(screen.getByRole('button', { name: 'Approve plan' })).toBeDisabled();
});

test('a plan that changed meanwhile refuses the decision and says what to do', async () => {
  const { world, path } = given('approver');
  const { user } = openConsole(path, {
    role: 'approver',
    world,
    instead: ({ method }) =>
      method === 'POST' ? problem(409, 'plan-changed', 'The plan changed') : undefined,
  });

  await screen.findByText(/hash of what you see matches/);
  await user.type(screen.getByLabelText(/Reason/), 'Fine.');
  await user.click(screen.getByRole('button', { name: 'Approve plan' }));
  const dialog = await screen.findByRole('dialog');
  await user.click(within(dialog).getByRole('button', { name: 'Confirm approval' }));

  expect(await within(dialog).findByRole('alert')).toHaveTextContent(/no longer the one you saw/);
  await waitFor(() =>
    expect(within(dialog).getByRole('button', { name: 'Confirm approval' })).toBeDisabled(),
  );
});

test('whoever asked is told that somebody else decides', async () => {
  const world = createWorld({ role: 'admin' });
  const own = world.data.approvals[0];

  openConsole(`/approvals/${own?.id ?? ''}`, { role: 'admin', world });

  expect(await screen.findByText('This is your own request, or your own access')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Approve plan' })).not.toBeInTheDocument();
});
