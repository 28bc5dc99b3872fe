import { Button } from '@mantine/core';
import { useState } from 'react';
import type { IdentityPolicy } from '#/api/types';
import { Notice } from '#/ui/Notice';
import { toast } from '#/ui/toast';
import { EntryRulesDialog } from './EntryRulesDialog';
import { EntryRulesFields } from './EntryRulesFields';
import classes from './EntryRulesForm.module.css';
import { type EntryRules, isSame, rulesOf } from './entryRules';

interface Draft {
  /** The policy that was edited. */
  version: number;
  rules: EntryRules;
  networks: string;
}

/** Who is let in, and for how long. Nothing counts before it is saved, and whom it locks out is said before. */
export function EntryRulesForm({ policy }: { policy: IdentityPolicy }) {
  const saved = rulesOf(policy);
  const written = saved.ipAllowlist.join('\n');
  const [draft, setDraft] = useState<Draft | null>(null);
  const [asking, setAsking] = useState(false);
  const shown = draft ?? {
    version: policy.version,
    rules: saved,
    networks: written,
  };
  const stale = shown.version !== policy.version;

  const edit = (changed: Partial<EntryRules>, networks = shown.networks) => {
    const rules = { ...shown.rules, ...changed };
    setDraft(
      isSame(rules, saved) && networks === written && !stale
        ? null
        : { version: shown.version, rules, networks },
    );
  };
  return (
    <div className={classes.form}>
      <EntryRulesFields rules={shown.rules} networks={shown.networks} onEdit={edit} />
      {stale && (
        <Notice tone="warning" title="Somebody changed the rules meanwhile" urgent>
          What you see is your change of older rules. Discard it to see them as they are now, then decide
          again.
        </Notice>
      )}
      <div className={classes.actions}>
        <Button
          disabled={isSame(shown.rules, saved) || stale || shown.rules.loginMethods.length === 0}
          onClick={() => setAsking(true)}
        >
          Save rules…
        </Button>
        {draft !== null && (
          <Button variant="default" onClick={() => setDraft(null)}>
            Discard changes
          </Button>
        )}
      </div>
      {asking && draft !== null && (
        <EntryRulesDialog
          policy={policy}
          rules={draft.rules}
          onClose={() => setAsking(false)}
          onSaved={() => {
            toast('Rules saved', 'They count from the next request of everybody on.');
            setAsking(false);
            setDraft(null);
          }}
        />
      )}
    </div>
  );
}
