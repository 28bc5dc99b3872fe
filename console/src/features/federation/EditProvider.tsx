import { Button } from '@mantine/core';
import { useState } from 'react';
import type { IdentityProvider } from '#/api/types';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { toast } from '#/ui/toast';
import { draftOf, readGroups } from './draft';
import classes from './federation.module.css';
import { ProviderFields } from './ProviderFields';
import { useChangeProvider } from './queries';

/** Changes a provider, enables it or disables it. What enables it looks at it first. */
export function EditProvider({ provider }: { provider: IdentityProvider }) {
  const change = useChangeProvider();
  const [draft, setDraft] = useState(draftOf(provider));
  const enabled = provider.state === 'enabled';
  const save = (state: IdentityProvider['state'], said: string) =>
    change.mutate(
      { provider, draft, state },
      {
        onSuccess: ({ name }) => {
          setDraft({ ...draft, clientSecret: '', metadataXml: '' });
          toast(`${name} ${said}`, 'It counts from the next sign-in on.');
        },
      },
    );
  const wrong = readGroups(draft.groups).wrong !== null;
  return (
    <form
      className={classes.stack}
      onSubmit={(event) => {
        event.preventDefault();
        save(provider.state, 'saved');
      }}
    >
      <ProviderFields
        draft={draft}
        known
        onEdit={(changed) => {
          change.reset();
          setDraft({ ...draft, ...changed });
        }}
      />
      {change.isError && <ProblemNotice error={change.error} />}
      <div className={classes.actions}>
        <Button type="submit" variant="default" loading={change.isPending} disabled={wrong}>
          Save
        </Button>
        <Button
          disabled={wrong || change.isPending}
          onClick={() => (enabled ? save('disabled', 'disabled') : save('enabled', 'enabled'))}
        >
          {enabled ? 'Disable' : 'Save and enable'}
        </Button>
      </div>
    </form>
  );
}
