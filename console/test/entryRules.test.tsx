import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { createWorld, problem } from '../dev/world.mjs';
import { inWords, readNetworks } from '../src/features/members/entryRules';
import { openConsole } from './console';

type Opened = ReturnType<typeof openConsole>;

test.each([
  ['PT12H', '12 hours'],
  ['PT168H', '7 days'],
  ['PT1H', '1 hour'],
  ['PT24H', '1 day'],
  ['PT90M', '90 minutes'],
  ['PT1H30M', '1 hour 30 minutes'],
  ['PT25H0M1S', '25 hours 1 second'],
  ['P7D', 'P7D'],
])('the duration %s is read as %s', (duration, words) => {
  expect(inWords(duration)).toBe(words);
});

test('networks are written one per line, or as they come out of a table', () => {
  expect(readNetworks(' 192.0.2.0/24\n\n2001:db8::/32, 10.0.0.1;::1 ')).toEqual([
    '192.0.2.0/24',
    '2001:db8::/32',
    '10.0.0.1',
    '::1',
  ]);
});

async function choose({ user }: Opened, label: string, option: string) {
  await user.click(await screen.findByRole('combobox', { name: label }));
  await user.click(await screen.findByRole('option', { name: option }));
}

async function ask({ user }: Opened) {
  await user.click(screen.getByRole('button', { name: 'Save rules…' }));
  return await screen.findByRole('dialog');
}

function puts({ calls }: Opened) {
  return calls.filter(({ method }) => method === 'PUT');
}

test('each rule says what it means', async () => {
  openConsole('/sign-in-rules', { role: 'owner' });

  expect(await screen.findByRole('combobox', { name: 'Second factor' })).toHaveAccessibleDescription(
    /demanded at sign-in/,
  );
  expect(screen.getByRole('textbox', { name: 'Networks' })).toHaveAccessibleDescription(/None means/);
  expect(screen.getByRole('checkbox', { name: 'SAML' })).toHaveAccessibleDescription(/older standard/);
  expect(screen.getByRole('button', { name: 'Save rules…' })).toBeDisabled();
});

test('rules that lock nobody out are saved whole, with the version that was read', async () => {
  const world = createWorld({ role: 'admin' });
  const opened = openConsole('/sign-in-rules', { role: 'admin', world });

  await choose(opened, 'Sign in again after', '8 hours');
  await choose(opened, 'Before sensitive actions', '10 minutes');
  const dialog = await ask(opened);
  expect(await within(dialog).findByText(/Everybody who is signed in now stays so/)).toBeVisible();
  expect(within(dialog).getByText('Second factor within 10 minutes')).toBeVisible();
  await opened.user.click(within(dialog).getByRole('button', { name: 'Save rules' }));

  expect(await screen.findByText('Rules saved')).toBeVisible();
  const [put] = puts(opened);
  expect(put?.headers.get('If-Match')).toBe('"1"');
  expect(put?.path).toMatch(/\/identity-policy$/);
  expect(put?.body).toEqual({
    emailDomainAllowlist: ['acme.example', 'plant.acme.example'],
    mfaRequired: 'nobody',
    loginMethods: ['password', 'passkey', 'oidc', 'saml'],
    ipAllowlist: [],
    inviteTtl: 'PT168H',
    sessionMaxAge: 'PT8H',
    idleTimeout: 'PT1H',
    stepUpAge: 'PT10M',
  });
});

test('whoever would lock themselves out is told whom else, and says that they want it', async () => {
  const opened = openConsole('/sign-in-rules', { role: 'owner' });

  await opened.user.type(await screen.findByRole('textbox', { name: 'Networks' }), '192.0.2.0/24{Enter}::1');
  await choose(opened, 'Second factor', 'Everybody');
  const dialog = await ask(opened);

  expect(await within(dialog).findByRole('alert')).toHaveTextContent('You would lock yourself out');
  expect(within(dialog).getByText('3 of 3 who are signed in would not be let in')).toBeVisible();
  expect(within(dialog).getAllByText(/another network, no second factor/).length).toBeGreaterThan(1);
  expect(within(dialog).queryByRole('button', { name: 'Save rules' })).not.toBeInTheDocument();
  await opened.user.click(within(dialog).getByRole('button', { name: 'Save and lock me out' }));

  expect(await screen.findByText('Rules saved')).toBeVisible();
  expect(puts(opened)[0]?.path).toMatch(/\?lockMeOut=true$/);
  expect(puts(opened)[0]?.body).toMatchObject({
    ipAllowlist: ['192.0.2.0/24', '::1'],
    mfaRequired: 'everybody',
  });
});

test('asking what would happen changes nothing, and going back keeps what was written', async () => {
  const opened = openConsole('/sign-in-rules', { role: 'owner' });

  await opened.user.click(await screen.findByRole('checkbox', { name: 'Password' }));
  const dialog = await ask(opened);
  await within(dialog).findByRole('alert');
  await opened.user.click(within(dialog).getByRole('button', { name: 'Go back' }));

  expect(screen.getByRole('checkbox', { name: 'Password' })).not.toBeChecked();
  expect(puts(opened)).toEqual([]);
  await opened.user.click(screen.getByRole('button', { name: 'Discard changes' }));
  expect(screen.getByRole('checkbox', { name: 'Password' })).toBeChecked();
});

test('no way to sign in at all cannot be saved', async () => {
  const { user } = openConsole('/sign-in-rules', { role: 'owner' });

  for (const name of ['Password', 'Passkey', 'OpenID Connect', 'SAML']) {
    await user.click(await screen.findByRole('checkbox', { name }));
  }

  expect(screen.getByText(/nobody can sign in/)).toBeVisible();
  expect(screen.getByRole('button', { name: 'Save rules…' })).toBeDisabled();
});

test('what is no network the server says, beside the preview', async () => {
  const opened = openConsole('/sign-in-rules', {
    role: 'owner',
    instead: ({ path }) =>
      path.endsWith('/preview')
        ? [
            400,
            {
              type: '/problems/invalid-field',
              title: 'A field has a value that is not possible',
              errors: [{ pointer: '/ipAllowlist/0', detail: 'the block is 10.0.0.0/8' }],
            },
          ]
        : undefined,
  });

  await opened.user.type(await screen.findByRole('textbox', { name: 'Networks' }), '10.1.2.3/8');
  const dialog = await ask(opened);

  expect(await within(dialog).findByRole('alert')).toHaveTextContent('the block is 10.0.0.0/8');
  expect(within(dialog).getByRole('button', { name: 'Save rules' })).toBeDisabled();
});

test.each(['/login/start?acr=mfa&maxAge=300', '/login/start?acr=mfa'])(
  'a missing second factor leads to %s',
  async (signIn) => {
    openConsole('/', {
      instead: () => [403, { type: '/problems/mfa-required', title: 'Second factor', signIn }],
    });

    expect(await screen.findByText('Your organization asks you for a second factor')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Show my second factor' })).toBeVisible();
  },
);

test.each([
  'https://evil.example/login/start?acr=mfa',
  '//evil.example/login/start?acr=mfa',
  'javascript:alert(1)',
  '/login/start?acr=mfa&returnTo=//evil.example',
  '/logout',
])('nobody is sent to %s by an answer', async (signIn) => {
  openConsole('/', {
    instead: () => [403, { type: '/problems/mfa-required', title: 'Second factor', signIn }],
  });

  expect(await screen.findByText('Your organization asks you for a second factor')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Show my second factor' })).not.toBeInTheDocument();
});

test('whoever is outside of the networks is told what to do', async () => {
  openConsole('/', { instead: () => problem(403, 'address-not-allowed', 'Not from here') });

  expect(await screen.findByText('Your organization does not let you in from this network')).toBeVisible();
  expect(screen.getByText(/ask an owner or admin to add this one/)).toBeVisible();
});
