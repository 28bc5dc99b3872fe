import { Button } from '@mantine/core';
import { useState } from 'react';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { toast } from '#/ui/toast';
import { EMPTY, readGroups } from './draft';
import classes from './federation.module.css';
import { ProviderFields } from './ProviderFields';
import { useAddProvider } from './queries';

/** Adds a provider as a draft; what to enter at the provider is opened right away. */
export function AddProvider({ onAdded }: { onAdded: (id: string) => void }) {
  const add = useAddProvider();
  const [draft, setDraft] = useState(EMPTY);
  return (
    <form
      className={classes.stack}
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate(draft, {
          onSuccess: ({ id, name }) => {
            setDraft(EMPTY);
            toast(`${name} added`, 'It is a draft: nobody comes in by it yet.');
            onAdded(id);
          },
        });
      }}
    >
      <ProviderFields
        draft={draft}
        known={false}
        onEdit={(changed) => {
          add.reset();
          setDraft({ ...draft, ...changed });
        }}
      />
      {add.isError && <ProblemNotice error={add.error} />}
      <div className={classes.actions}>
        <Button
          type="submit"
          loading={add.isPending}
          disabled={draft.name.trim() === '' || readGroups(draft.groups).wrong !== null}
        >
          Add as a draft
        </Button>
      </div>
    </form>
  );
}
