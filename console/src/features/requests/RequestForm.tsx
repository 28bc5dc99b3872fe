import { Button, Select, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { asProblem } from '#/api/problem';
import type { AccessRequest, Account, Entitlement, Operation } from '#/api/types';
import { Notice } from '#/ui/Notice';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { useSubmitRequest } from './queries';
import classes from './RequestForm.module.css';

interface Props {
  entitlement: Entitlement;
  operation: Exclude<Operation, 'disable'>;
  /** The caller's own accounts in the entitlement's system. */
  accounts: Account[];
  onSubmitted: (request: AccessRequest) => void;
}

const SHORTEST = 10;
const LONGEST = 2_000;

/** Asks for an entitlement, or for its removal: on which account, and why. */
export function RequestForm({ entitlement, operation, accounts, onSubmitted }: Props) {
  const present = accounts.filter(({ state }) => state !== 'absent');
  const submit = useSubmitRequest();
  const form = useForm({
    initialValues: { accountId: present[0]?.id ?? '', justification: '' },
    validate: {
      accountId: (id) => (id === '' ? 'Choose the account.' : null),
      justification: whyNotEnough,
    },
  });
  if (present.length === 0) {
    return (
      <Notice tone="warning" title={`You have no account in ${entitlement.connectorName}`}>
        Entitlements are held by accounts. Ask an admin to create one, and have the system observed again.
      </Notice>
    );
  }

  const send = form.onSubmit(({ accountId, justification }) =>
    submit.mutate(
      { entitlementId: entitlement.id, accountId, operation, justification: justification.trim() },
      { onSuccess: onSubmitted, onError: (error) => form.setErrors(fieldErrors(error)) },
    ),
  );

  return (
    <form className={classes.form} onSubmit={send} noValidate>
      <Select
        label="Account"
        description={`Your account in ${entitlement.connectorName}`}
        required
        data={present.map(({ id, displayName, nativeId }) => ({
          value: id,
          label: `${displayName} (${nativeId})`,
        }))}
        {...form.getInputProps('accountId')}
      />
      <Textarea
        label="Justification"
        description="What you need it for. Approvers read it, and it stays in the evidence."
        required
        rows={4}
        maxLength={LONGEST}
        {...form.getInputProps('justification')}
      />
      {submit.isError && <ProblemNotice error={submit.error} />}
      <div>
        <Button type="submit" loading={submit.isPending}>
          Submit request
        </Button>
      </div>
    </form>
  );
}

function whyNotEnough(justification: string): string | null {
  const length = justification.trim().length;
  if (length === 0) return 'Say what you need it for.';
  return length < SHORTEST ? `Say a little more: at least ${SHORTEST} characters.` : null;
}

/** What the server says about single fields, beside them. */
function fieldErrors(error: unknown): Record<string, string> {
  return Object.fromEntries(
    asProblem(error).errors.map(({ pointer, detail }) => [pointer.replace(/^[#/]+/, ''), detail]),
  );
}
