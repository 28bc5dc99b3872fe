import { Facts } from '#/ui/Facts';

/** What the rules mean: what people ask before they change them. */
export function EntryRulesHelp() {
  return (
    <Facts
      narrow
      facts={[
        [
          'When they count',
          'With every request, from the next one on. Nobody has to sign in again for that.',
        ],
        [
          'What is believed',
          'What the identity broker has signed and where the connection comes from. Never what a browser or a program says.',
        ],
        ['Who is judged', 'Every member, owners too, in the console and with programs. Share links are not.'],
        ['Sub-networks', 'A block holds its addresses only; IPv4 and IPv6 are written down separately.'],
        [
          'If you are locked out',
          'Somebody who is let in changes the rules, or whoever operates the server.',
        ],
      ]}
    />
  );
}
