import { Button, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { planOf } from '#/api/hashed';
import type { Approval, Verdict } from '#/api/types';
import { useHashOf } from '#/features/workflow';
import { DecisionDialog, type Draft } from './DecisionDialog';
import classes from './DecisionForm.module.css';

const LONGEST = 2_000;

/** Approve or reject the plan that is on the screen, with a reason. */
export function DecisionForm({ approval }: { approval: Approval }) {
  const [draft, setDraft] = useState<Draft | null>(null);
  const plan = planOf(approval);
  const { result, computed } = useHashOf(plan, approval.planHash);
  const form = useForm({
    initialValues: { reason: '' },
    validate: {
      reason: (reason) => (reason.trim() === '' ? 'Give a reason: it becomes part of the evidence.' : null),
    },
  });

  // The decision binds to what was shown: the hash computed from it, and the server's only where none could be.
  const ask = (verdict: Verdict) => {
    if (form.validate().hasErrors) return;
    const reason = form.getValues().reason.trim();
    setDraft({ verdict, reason, planHash: computed ?? approval.planHash, plan });
  };

  return (
    <div className={classes.form}>
      <Textarea
        label="Reason"
        description="Why you approve or reject. It is recorded and cannot be changed."
        required
        autosize={false}
        rows={3}
        maxLength={LONGEST}
        {...form.getInputProps('reason')}
      />
      <div className={classes.actions}>
        <Button disabled={result === 'refuted' || result === 'computing'} onClick={() => ask('approve')}>
          Approve plan
        </Button>
        <Button variant="outline" color="red" className={classes.reject ?? ''} onClick={() => ask('reject')}>
          Reject plan
        </Button>
      </div>
      {result === 'refuted' && (
        <p className={classes.blocked} role="alert">
          This plan cannot be approved here: its hash is not the one the server names.
        </p>
      )}
      {draft !== null && <DecisionDialog approval={approval} draft={draft} onClose={() => setDraft(null)} />}
    </div>
  );
}
