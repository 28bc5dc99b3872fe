import { Button } from '@mantine/core';
import type { DomainCheck, OrganizationDomain } from '#/api/types';
import { Icon } from '#/ui/Icon';
import { Notice } from '#/ui/Notice';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { DOMAIN_OUTCOMES, wordOf } from '#/words';
import classes from './domains.module.css';
import { useCheckDomain } from './queries';

/** Looks for the record now, and says exactly what was found. */
export function CheckDomain({ domain }: { domain: OrganizationDomain }) {
  const check = useCheckDomain();
  return (
    <div className={classes.stack}>
      <div className={classes.actions}>
        <Button
          leftSection={<Icon name="refresh" size={16} />}
          loading={check.isPending}
          onClick={() => check.mutate(domain.id)}
        >
          Check now
        </Button>
      </div>
      {check.isError && <ProblemNotice error={check.error} />}
      {check.data !== undefined && <Found found={check.data} />}
    </div>
  );
}

/** What it means, by what was found. A spelling that this console does not know has none. */
const MEANINGS: Record<DomainCheck['outcome'], string> = {
  found: 'The domain is verified.',
  'no-record': 'The name exists, but it has no TXT record. Was the record published with another type?',
  'other-values': 'Compare the values to the letter, without quotation marks.',
  'no-such-name':
    'Nothing is published under this name yet. Some providers add the domain to the name by themselves: look whether it is there twice.',
  'server-failure':
    'The name servers of the domain failed, or answered what cannot be read. Ask whoever operates them.',
  'no-answer': 'No name server answered in time. That says nothing about the domain; try again in a minute.',
  'held-elsewhere':
    'Your record is right, but the domain cannot be verified here as long as it is verified elsewhere in this installation. Ask whoever else in your organization may use it.',
};

function Found({ found: { outcome, otherValues, aliases } }: { found: DomainCheck }) {
  const { label, tone } = wordOf(DOMAIN_OUTCOMES, outcome);
  return (
    <Notice tone={tone === 'good' || tone === 'warning' ? tone : 'info'} title={label} urgent>
      <p>{MEANINGS[outcome]}</p>
      {otherValues.length > 0 && (
        <>
          <p>Other TXT records of this name:</p>
          <Values of={otherValues} />
        </>
      )}
      {aliases.length > 0 && (
        <>
          <p>The name is an alias (CNAME), which was followed:</p>
          <Values of={aliases} />
        </>
      )}
    </Notice>
  );
}

function Values({ of }: { of: string[] }) {
  return (
    <ul className={classes.values}>
      {of.map((value, place) => (
        <li key={`${place} ${value}`}>
          <code>{value}</code>
        </li>
      ))}
    </ul>
  );
}
