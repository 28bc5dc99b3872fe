import { Facts } from '#/ui/Facts';

/** How an address is compared with the list: what people ask before they change it. */
export function AllowlistHelp() {
  return (
    <Facts
      narrow
      facts={[
        ['Sub-domains', 'Not included: acme.example does not allow hr.acme.example. There are no wildcards.'],
        ['Capitals', 'Make no difference.'],
        [
          'International domains',
          'Kept in their ASCII form, which begins with xn--, so that look-alikes differ.',
        ],
        ['Before the @', 'Does not matter: ada+test@acme.example is an address of acme.example.'],
        ['Who is judged', 'Everybody who is enrolled, by whatever way, and everybody whose address changes.'],
        ['Who is not', 'Members who are here already. They stay, and may be suspended and reactivated.'],
      ]}
    />
  );
}
