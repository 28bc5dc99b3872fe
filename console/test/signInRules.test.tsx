import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { createWorld } from '../dev/world.mjs';
import { domainOf, enrols, readDomain } from '../src/features/members/emailDomain';
import { openConsole } from './console';

test.each([
  ['acme.example', 'acme.example'],
  [' ACME.Example. ', 'acme.example'],
  ['hr.acme.example', 'hr.acme.example'],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['BÜCHER.example', 'xn--bcher-kva.example'],
  ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
])('"%s" is read as %s', (written, name) => {
  expect(readDomain(written)).toEqual({ state: 'domain', name });
});

test.each([
  ['*.acme.example', /no wildcards/],
  ['ada@acme.example', /after the @/],
  ['https://acme.example', /Without https/],
  ['acme.example, other.example', /One domain/],
  ['acme_corp.example', /letters, digits/],
  ['straße.example', /not read alike/],
  ['ﬁsch.example', /not read alike/],
  ['ａcme.example', /not read alike/],
])('"%s" is wrong while it is typed', (written, why) => {
  const reading = readDomain(written);

  expect(reading).toMatchObject({ state: 'wrong' });
  expect('why' in reading ? reading.why : '').toMatch(why);
});

test.each(['acme', 'acme.', '-acme.example', 'acme.1', '10.0.0.1', `${'a'.repeat(64)}.example`])(
  '"%s" is no domain yet',
  (written) => {
    expect(readDomain(written)).toMatchObject({ state: 'unfinished' });
  },
);

test('an address is of its domain to the letter, and of none when that is in doubt', () => {
  expect(domainOf('ada+test@ACME.example')).toBe('acme.example');
  expect(domainOf('"a@b"@acme.example')).toBeNull();
  expect(enrols(['acme.example'], 'ada@hr.acme.example')).toBe(false);
  expect(enrols(['acme.example'], 'ada@acme.example.')).toBe(true);
  expect(enrols([], 'anybody@anywhere.example')).toBe(true);
});

test('a domain is added, shown as it is kept, and saved with the version that was read', async () => {
  const world = createWorld({ role: 'admin' });
  const { user, calls } = openConsole('/sign-in-rules', { role: 'admin', world });

  await user.type(await screen.findByLabelText('Add a domain'), 'Bücher.example');
  expect(screen.getByLabelText('Add a domain')).toHaveAccessibleDescription(/xn--bcher-kva\.example/);
  await user.keyboard('{Enter}');
  await user.click(screen.getByRole('button', { name: 'Save domains…' }));
  const dialog = await screen.findByRole('dialog');
  expect(within(dialog).queryByText(/Your own address/)).not.toBeInTheDocument();
  await user.click(within(dialog).getByRole('button', { name: 'Save domains' }));

  expect(await screen.findByText('Domains saved')).toBeVisible();
  const put = calls.find(({ method }) => method === 'PUT');
  expect(put?.headers.get('If-Match')).toBe('"1"');
  expect(put?.body).toMatchObject({
    emailDomainAllowlist: ['acme.example', 'plant.acme.example', 'xn--bcher-kva.example'],
    mfaRequired: 'nobody',
    sessionMaxAge: 'PT12H',
  });
  expect(screen.getByRole('button', { name: 'Save domains…' })).toBeDisabled();
});

test('whoever would exclude their own address is told before, and so is whom else it concerns', async () => {
  const { user, calls } = openConsole('/sign-in-rules', { role: 'owner' });

  await user.click(await screen.findByRole('button', { name: 'Remove acme.example' }));
  expect(screen.getByLabelText('Add a domain')).toHaveFocus();
  await user.click(screen.getByRole('button', { name: 'Save domains…' }));

  const dialog = await screen.findByRole('dialog');
  expect(within(dialog).getByText('Your own address is not allowed by this list')).toBeVisible();
  expect(await within(dialog).findByText('6 members have another domain')).toBeVisible();
  expect(within(dialog).getByText(/Olga Owner.*and 1 more/)).toBeVisible();
  await user.click(within(dialog).getByRole('button', { name: 'Go back' }));
  await user.click(screen.getByRole('button', { name: 'Discard changes' }));
  expect(screen.getByRole('button', { name: 'Remove acme.example' })).toBeVisible();
  expect(calls.filter(({ method }) => method === 'PUT')).toEqual([]);
});

test('a list that somebody else changed is not overwritten', async () => {
  const world = createWorld({ role: 'admin' });
  const { user } = openConsole('/sign-in-rules', { role: 'admin', world });

  await user.type(await screen.findByLabelText('Add a domain'), 'first.example{Enter}');
  world.data.policy = { ...world.data.policy, emailDomainAllowlist: ['second.example'], version: 2 };
  await user.click(screen.getByRole('button', { name: 'Save domains…' }));
  const dialog = await screen.findByRole('dialog');
  await user.click(within(dialog).getByRole('button', { name: 'Save domains' }));

  expect(await within(dialog).findByRole('alert')).toHaveTextContent('Somebody changed this meanwhile');
  await user.click(within(dialog).getByRole('button', { name: 'Go back' }));
  expect(await screen.findByText('Somebody changed the list meanwhile')).toBeVisible();
  await waitFor(() => expect(screen.getByRole('button', { name: 'Save domains…' })).toBeDisabled());
  await user.click(screen.getByRole('button', { name: 'Discard changes' }));
  expect(screen.getByRole('button', { name: 'Remove second.example' })).toBeVisible();
  expect(world.data.policy.emailDomainAllowlist).toEqual(['second.example']);
});

test('a domain that is there already is not added twice', async () => {
  const { user } = openConsole('/sign-in-rules', { role: 'admin' });

  await user.type(await screen.findByLabelText('Add a domain'), 'ACME.example');

  expect(screen.getByLabelText('Add a domain')).toHaveAccessibleDescription(/in the list already/);
});

test('an approver is told that the rules are not theirs to read', async () => {
  const { calls } = openConsole('/sign-in-rules', { role: 'approver' });

  expect(await screen.findByText('Your role does not permit this')).toBeVisible();
  expect(calls.map(({ path }) => path)).toEqual(['/api/v1/me']);
});
