import { Facts } from '#/ui/Facts';

/** What a verified domain is, and how it becomes one. */
export function DomainsHelp() {
  return (
    <Facts
      narrow
      facts={[
        ['Why a record', 'Only whoever runs a domain can publish a record below it. That shows whose it is.'],
        ['How', 'Add the domain, publish the TXT record in its DNS zone, and press “Check now”.'],
        ['Afterwards', 'Leave the record there. It is looked for every day.'],
        [
          'If it goes missing',
          'For seven days nothing happens but a warning here. Then the domain is no longer verified.',
        ],
        ['One organization', 'A domain is verified for one organization at a time.'],
        ['Sub-domains', 'Not included: each is a domain of its own, with a record of its own.'],
        ['Not possible', 'Names below which anybody can have a domain, such as co.uk or github.io.'],
      ]}
    />
  );
}
