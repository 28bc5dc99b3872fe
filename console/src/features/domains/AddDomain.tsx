import { useRef } from 'react';
import { DomainField } from '#/features/members';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { toast } from '#/ui/toast';
import classes from './domains.module.css';
import { useAddDomain, useDomains } from './queries';

/** Adds a domain; what to publish for it is opened right away. */
export function AddDomain({ onAdded }: { onAdded: (id: string) => void }) {
  const add = useAddDomain();
  const domains = useDomains();
  const field = useRef<HTMLInputElement>(null);
  return (
    <div className={classes.stack}>
      <DomainField
        domains={domains.data?.items.map(({ domain }) => domain) ?? []}
        inputRef={field}
        onAdd={(domain) =>
          add.mutate(domain, {
            onSuccess: ({ id }) => {
              toast(`${domain} added`, 'Publish its record, then have it looked for.');
              onAdded(id);
            },
          })
        }
      />
      {add.isError && <ProblemNotice error={add.error} />}
    </div>
  );
}
