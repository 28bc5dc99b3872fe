import { Facts } from '#/ui/Facts';

/** What a provider may do, and how it is set up. */
export function FederationHelp() {
  return (
    <Facts
      narrow
      facts={[
        ['First', 'Verify your e-mail domain. A provider speaks for verified domains only.'],
        ['Then', 'Add the provider, and enter there what is shown here: the redirect URI, or our metadata.'],
        [
          'Check',
          'The connection is looked at, and what is in the way is said. Nobody has to sign in for it.',
        ],
        [
          'Newcomers',
          'Whoever signs in by it for the first time becomes a member with the default role, or the role of their groups.',
        ],
        [
          'Ceiling',
          'The highest role that it can give. Whoever runs the provider can be anybody up to there.',
        ],
        [
          'Owners',
          'Only they change this, and they sign in with a password and a second factor. Keep two of them.',
        ],
        ['Disabling', 'Signs out whoever came in by the provider, in browsers and programs, at once.'],
        ['The secret', 'Is sealed when you save it, and never shown again.'],
      ]}
    />
  );
}
