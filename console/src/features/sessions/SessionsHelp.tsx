import { Facts } from '#/ui/Facts';

/** What people ask before they end a session. */
export function SessionsHelp() {
  return (
    <Facts
      narrow
      facts={[
        [
          'What a session is',
          'A browser in which somebody has signed in. Programs with a token are not listed.',
        ],
        ['When it ends', 'With its next request, whichever server answers it. What was saved stays saved.'],
        [
          'What it does not end',
          'The sign-in at your identity provider. Whoever still has that can sign in again: after a theft, change the password too.',
        ],
        [
          'What else ends sessions',
          'A new password, another role, a suspension, and the sign-in rules: they are judged with every request.',
        ],
        ['What stays', 'An event of the audit log says who ended whose session, and when.'],
      ]}
    />
  );
}
