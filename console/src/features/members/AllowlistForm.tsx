import { Button, VisuallyHidden } from '@mantine/core';
import { useRef, useState } from 'react';
import type { IdentityPolicy } from '#/api/types';
import { Notice } from '#/ui/Notice';
import { toast } from '#/ui/toast';
import { AllowlistDialog } from './AllowlistDialog';
import classes from './AllowlistForm.module.css';
import { DomainField } from './DomainField';
import { DomainList } from './DomainList';

interface Draft {
  /** The policy that was edited. */
  version: number;
  domains: string[];
}

/** The domains from which the organization enrols. Nothing counts before it is saved. */
export function AllowlistForm({ policy }: { policy: IdentityPolicy }) {
  const [draft, setDraft] = useState<Draft | null>(null);
  const [asking, setAsking] = useState(false);
  const [said, setSaid] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const saved = policy.emailDomainAllowlist;
  const domains = draft?.domains ?? saved;
  const stale = draft !== null && draft.version !== policy.version;

  const edit = (edited: string[]) =>
    setDraft(isSame(edited, saved) ? null : { version: draft?.version ?? policy.version, domains: edited });
  const reset = () => {
    setDraft(null);
    field.current?.focus();
  };
  return (
    <div className={classes.form}>
      <DomainField
        domains={domains}
        inputRef={field}
        onAdd={(domain) => {
          edit([...domains, domain].sort());
          setSaid(`${domain} added, not saved yet`);
        }}
      />
      {domains.length === 0 ? (
        <Notice tone="info" title="Addresses of every domain are allowed">
          Add the domains of your organization, and nobody is enrolled from another one.
        </Notice>
      ) : (
        <DomainList
          domains={domains}
          saved={saved}
          onRemove={(domain) => {
            edit(domains.filter((other) => other !== domain));
            setSaid(`${domain} removed, not saved yet`);
            // The button that was pressed is gone.
            field.current?.focus();
          }}
        />
      )}
      <VisuallyHidden role="status">{said}</VisuallyHidden>
      {stale && (
        <Notice tone="warning" title="Somebody changed the list meanwhile" urgent>
          What you see is your change of an older list. Discard it to see the list as it is now, then decide
          again.
        </Notice>
      )}
      <div className={classes.actions}>
        <Button disabled={draft === null || stale} onClick={() => setAsking(true)}>
          Save domains…
        </Button>
        {draft !== null && (
          <Button variant="default" onClick={reset}>
            Discard changes
          </Button>
        )}
      </div>
      {asking && draft !== null && (
        <AllowlistDialog
          policy={policy}
          domains={draft.domains}
          onClose={() => setAsking(false)}
          onSaved={() => {
            toast('Domains saved', 'They count for everybody who is enrolled from now on.');
            setAsking(false);
            setDraft(null);
          }}
        />
      )}
    </div>
  );
}

function isSame(some: string[], others: string[]): boolean {
  return some.length === others.length && some.every((domain) => others.includes(domain));
}
