import { run } from 'axe-core';
import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { createWorld } from '../dev/world.mjs';
import { openConsole } from './console';

const HOUR = 3_600_000;

function withAgent(
  seed: Partial<Parameters<ReturnType<typeof createWorld>['seedAgent']>[0]> = {},
  role = 'owner',
) {
  const world = createWorld({ role });
  const id = world.seedAgent({ name: 'db1', ...seed });
  return { world, id, path: `/agents/${id}` };
}

async function violationsIn(container: HTMLElement) {
  const { violations } = await run(container, { rules: { 'color-contrast': { enabled: false } } });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`);
}

test('without an agent the page says what one is and how to begin', async () => {
  openConsole('/agents', { role: 'admin' });

  expect(await screen.findByText('No agent yet')).toBeVisible();
  expect(screen.getByText(/It asks for work itself/)).toBeVisible();
  expect(screen.getByText(/Online: seen within 3 minutes\. Late: within 1 hour/)).toBeVisible();
  expect(screen.getByRole('button', { name: 'Add agent' })).toBeDisabled();
});

test.each([
  ['Online', 2 * 60_000],
  ['Late', 5 * 60_000],
  ['Silent', 2 * HOUR],
])('an agent is %s by when it was last seen', async (health, seenAgo) => {
  const { world } = withAgent({ seenAgo });
  openConsole('/agents', { world });

  const row = (await screen.findByRole('link', { name: 'db1' })).closest('tr');
  expect(row).toHaveTextContent('db1.example');
  expect(row).toHaveTextContent(health);
});

test('the fleet is searched and filtered by the server, and says what to look at', async () => {
  const { world } = withAgent({ warnings: ['clone-suspected', 'clock-differs'] });
  world.seedAgent({ name: 'web1', seenAgo: 2 * HOUR });
  const { user, calls, history } = openConsole('/agents', { world });

  const table = await screen.findByRole('table', { name: 'Agents' });
  const row = (await within(table).findByRole('link', { name: 'db1' })).closest('tr');
  expect(row).toHaveTextContent('Two hosts have its keyClock differs');
  expect(within(table).getByRole('columnheader', { name: 'In flight' })).toBeVisible();

  await user.click(screen.getByRole('combobox', { name: 'Health' }));
  await user.click(await screen.findByRole('option', { name: 'Silent' }));
  await waitFor(() => expect(within(table).queryByRole('link', { name: 'db1' })).toBeNull());
  expect(within(table).getByRole('link', { name: 'web1' })).toBeVisible();
  expect(history.location.search).toContain('health=silent');

  await user.type(screen.getByRole('searchbox', { name: 'Search the agents' }), 'db');
  expect(await screen.findByText('No agent matches')).toBeVisible();
  expect(
    calls.some(({ path }) => /[?&]health=silent(&|$)/.test(path) && /[?&]query=db(&|$)/.test(path)),
  ).toBe(true);
});

test('what was found out about an agent stands on its page, with the way to the finding', async () => {
  const { world, path } = withAgent({
    warnings: ['clone-suspected', 'finding-open'],
    findings: [
      ['critical', 'agent.number-reused'],
      ['high', 'agent.receipts-missing'],
    ],
  });
  const { container } = openConsole(path, { world });

  const list = await screen.findByRole('list', { name: 'Findings about this agent' });
  expect(within(list).getByText(/gave one number to two messages.*\(agent\.number-reused\)/)).toBeVisible();
  expect(within(list).getByText('Critical')).toBeVisible();
  expect(screen.getByText(/Report it lost unless you know why/)).toBeVisible();
  const [link] = within(list).getAllByRole('link', { name: 'Open the finding in the audit log' });
  expect(link).toHaveAttribute('href', expect.stringMatching(/^\/audit\?targetType=finding&targetId=019f/));
  expect(screen.getByRole('link', { name: 'What was done and asked of it' })).toHaveAttribute(
    'href',
    `/audit?targetType=agent&targetId=${path.slice('/agents/'.length)}`,
  );
  expect(await violationsIn(container)).toEqual([]);
});

test('whoever may not read the log sees findings without a way there', async () => {
  const { world, path } = withAgent({ findings: [['critical', 'log.forked']] }, 'approver');
  openConsole(path, { role: 'approver', world });

  expect(await screen.findByText(/there are two histories/)).toBeVisible();
  expect(screen.queryByRole('link', { name: 'Open the finding in the audit log' })).toBeNull();
});

test('whoever may only read agents is offered nothing to change', async () => {
  const { world, path } = withAgent({}, 'auditor');
  openConsole(path, { role: 'auditor', world });

  expect(await screen.findByRole('table', { name: 'Receipts' })).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Revoke or report lost…' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Ask for it' })).toBeNull();
});

test('whoever may not read agents is told so, and nothing is asked for', async () => {
  const { calls } = openConsole('/agents', { role: 'requester' });

  expect(await screen.findByText('Your role does not permit this')).toBeVisible();
  expect(calls.some(({ path }) => path.includes('/agents'))).toBe(false);
});

test('an agent is named, and its command is shown once', async () => {
  const { user, calls } = openConsole('/agents', { role: 'owner' });
  await user.type(await screen.findByLabelText('Name'), 'web7');
  await user.click(screen.getByRole('button', { name: 'Add agent' }));

  expect(await screen.findByRole('heading', { name: 'web7', level: 1 })).toBeVisible();
  expect(await screen.findByText('No enrolment token')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Issue enrolment token…' }));
  await user.click(await screen.findByRole('button', { name: 'Issue token' }));

  expect(await screen.findByText('Copy it now: the token is shown once')).toBeVisible();
  expect(await violationsIn(screen.getByRole('dialog'))).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Copy command' }));
  expect(await navigator.clipboard.readText()).toMatch(
    /^nuxari agent enroll .* --token nxe_\w+ --fingerprint f{64}$/,
  );
  await user.click(screen.getByRole('button', { name: 'Done' }));

  await waitFor(() => expect(document.body.innerHTML).not.toContain('nxe_'));
  expect(JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + document.cookie).not.toContain(
    'nxe_',
  );
  expect(calls.some(({ path, body }) => `${path}${JSON.stringify(body)}`.includes('nxe_'))).toBe(false);

  // Another token ends the one that is there.
  await user.click(screen.getByRole('button', { name: 'Issue enrolment token…' }));
  expect(await screen.findByText('The token that is there ends at once.')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Issue token' }));
  await user.click(await screen.findByRole('button', { name: 'Done' }));
  const table = await screen.findByRole('table', { name: 'Enrolment tokens' });
  expect(await within(table).findByText('Revoked')).toBeVisible();

  await user.click(within(table).getByRole('button', { name: /^Revoke the token/ }));
  await user.click(await screen.findByRole('button', { name: 'Revoke token' }));
  await waitFor(() => expect(within(table).getAllByText('Revoked')).toHaveLength(2));
});

test('the page of an agent says what it did, in words', async () => {
  const { world, path } = withAgent();
  const { container } = openConsole(path, { world });

  const receipts = await screen.findByRole('table', { name: 'Receipts' });
  expect(within(receipts).getByText(/own policy does not name this action\. \(not-allowed\)/)).toBeVisible();
  expect(within(receipts).getByText('Permission bits: 0644 (420)')).toBeVisible();
  expect(within(receipts).getByText('Permission bits: 0755 (493)')).toBeVisible();
  expect(within(receipts).getByRole('link', { name: 'Workflow and evidence' })).toBeVisible();
  expect(within(screen.getByRole('table', { name: 'Action packages' })).getByText('In flight')).toBeVisible();
  expect(screen.getByText('2 of 3 types of actions')).toBeVisible();
  expect(screen.getByText(/by version 7/)).toBeVisible();
  expect(screen.getByText('service.restart')).toBeVisible();
  expect(screen.queryByText('Something is not right with this agent')).toBeNull();
  const orders = screen.getByRole('table', { name: 'Action packages' });
  expect(within(orders).getAllByRole('link', { name: 'Open the approval' })[0]).toHaveAttribute(
    'href',
    `/approvals/${world.data.approvals[0]?.id ?? ''}`,
  );
  expect(await violationsIn(container)).toEqual([]);
});

test('what the agent itself finds wrong stands first', async () => {
  const { world, path } = withAgent({
    health: { log: 'refused', policy: 'absent', clockDifference: -300 },
    warnings: ['log-refused', 'policy-absent', 'clock-differs'],
  });
  openConsole(path, { world });

  expect(await screen.findByText('Something is not right with this agent')).toBeVisible();
  expect(screen.getByText(/does not believe the log/)).toBeVisible();
  expect(screen.getByText(/has no policy file/)).toBeVisible();
  expect(screen.getByText(/differ by 300 seconds/)).toBeVisible();
});

test('why an agent did not become another release stands in its receipt', async () => {
  const { world, path } = withAgent({ refusal: 'turned-back' });
  openConsole(path, { world });

  const receipts = await screen.findByRole('table', { name: 'Receipts' });
  expect(within(receipts).getByText(/was undone\. \(undone\)/)).toBeVisible();
  expect(within(receipts).getByText(/Why not: .*has not checked in.*\(turned-back\)/)).toBeVisible();
});

test('a refusal of a newer agent is shown as it was said', async () => {
  const { world, path } = withAgent({ refusal: 'too-new' });
  openConsole(path, { world });

  expect(await screen.findByText('Why not: too-new')).toBeVisible();
});

test('an agent is reported lost after one was told what that means', async () => {
  const { world, path } = withAgent();
  const { user, calls } = openConsole(path, { world });

  await user.click(await screen.findByRole('button', { name: 'Revoke or report lost…' }));
  const dialog = await screen.findByRole('dialog', { name: 'End db1?' });
  expect(within(dialog).getByText(/This is for good/)).toBeVisible();
  expect(within(dialog).getByRole('button', { name: 'Revoke agent' })).toBeVisible();
  await user.click(within(dialog).getByRole('combobox', { name: 'Why' }));
  await user.click(await screen.findByRole('option', { name: /^Lost/ }));
  expect(within(dialog).getByText(/nobody enrols with this key again/)).toBeVisible();
  expect(calls.some(({ method }) => method === 'POST')).toBe(false);
  await user.click(within(dialog).getByRole('button', { name: 'Report lost' }));

  expect(await screen.findByText('Lost')).toBeVisible();
  expect(calls.find(({ method }) => method === 'POST')?.body).toEqual({ lost: true });
  expect(screen.queryByRole('button', { name: 'Ask for it' })).toBeNull();
});

test('an action is asked for in the form that its parameters have, and approvers see all of it', async () => {
  const { world, path } = withAgent();
  const { user, calls, history, container } = openConsole(path, { world });

  await user.click(await screen.findByRole('combobox', { name: 'Action' }));
  expect(screen.queryByRole('option', { name: /service\.restart/ })).toBeNull();
  await user.click(await screen.findByRole('option', { name: /file-mode\.set/ }));
  await user.type(screen.getByLabelText(/^Path/), '/srv/app/run');
  await user.type(screen.getByLabelText(/^Permission bits/), '0798');
  await user.type(screen.getByLabelText('Justification'), 'It has to run.');
  expect(screen.getByText('This is not such a value.')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Ask for it' })).toBeDisabled();
  await user.clear(screen.getByLabelText(/^Permission bits/));
  await user.type(screen.getByLabelText(/^Permission bits/), '0755');
  await user.click(screen.getByRole('button', { name: 'Ask for it' }));

  const title = 'Set the permissions of a file on db1.example';
  expect(await screen.findByRole('heading', { name: title, level: 1 })).toBeVisible();
  expect(calls.find(({ method }) => method === 'POST')?.body).toEqual({
    type: 'file-mode.set',
    parameters: { path: '/srv/app/run', mode: 493 },
    justification: 'It has to run.',
  });
  const steps = await screen.findByRole('list', { name: 'Steps of the plan' });
  expect(within(steps).getByText('/srv/app/run')).toBeVisible();
  expect(within(steps).getByText('0755 (493)')).toBeVisible();
  expect(within(steps).getByText('db1.example')).toBeVisible();
  expect(screen.queryByRole('link', { name: 'Open the request' })).toBeNull();
  expect(await violationsIn(container)).toEqual([]);

  history.push(`/approvals/${world.data.approvals[0]?.id ?? ''}`);
  expect(await screen.findByRole('link', { name: 'Open the agent' })).toBeVisible();
  expect(await screen.findByText(/hash of what you see matches/)).toBeVisible();
  expect(screen.getByText('0755 (493)')).toBeVisible();
  expect(screen.queryByRole('link', { name: 'Open the request' })).toBeNull();
});

test('what the server refuses is said in plain words', async () => {
  const { world, path } = withAgent();
  const { user } = openConsole(path, {
    world,
    instead: ({ method }) =>
      method === 'POST'
        ? [409, { type: '/problems/agent-not-active', title: 'The agent does not act', status: 409 }]
        : undefined,
  });
  await user.click(await screen.findByRole('combobox', { name: 'Action' }));
  await user.click(await screen.findByRole('option', { name: /account\.unlock/ }));
  await user.type(screen.getByLabelText(/^Account/), 'deploy');
  await user.type(screen.getByLabelText('Justification'), 'Back from leave.');
  await user.click(screen.getByRole('button', { name: 'Ask for it' }));

  expect(await screen.findByText('The agent does not act')).toBeVisible();
});

test('the keyboard reaches naming, issuing and copying', async () => {
  const { user } = openConsole('/agents', { role: 'owner' });
  (await screen.findByLabelText('Name')).focus();
  await user.keyboard('web7{Enter}');
  const issue = await screen.findByRole('button', { name: 'Issue enrolment token…' });
  for (let steps = 0; steps < 60 && document.activeElement !== issue; steps++) await user.tab();
  expect(issue).toHaveFocus();
  await user.keyboard('{Enter}');
  const submit = await screen.findByRole('button', { name: 'Issue token' });
  for (let steps = 0; steps < 10 && document.activeElement !== submit; steps++) await user.tab();
  await user.keyboard('{Enter}');
  const copy = await screen.findByRole('button', { name: 'Copy command' });
  for (let steps = 0; steps < 10 && document.activeElement !== copy; steps++) await user.tab();
  expect(copy).toHaveFocus();
});
