import { Button } from '@mantine/core';
import { useState } from 'react';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { toast } from '#/ui/toast';
import classes from './directories.module.css';
import { DirectoryFields } from './DirectoryFields';
import { EMPTY, isWhole } from './draft';
import { useAddDirectory } from './queries';

/** Adds a directory; its base URL and tokens are opened right away. */
export function AddDirectory({ onAdded }: { onAdded: (id: string) => void }) {
  const add = useAddDirectory();
  const [draft, setDraft] = useState(EMPTY);
  return (
    <form
      className={classes.stack}
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate(draft, {
          onSuccess: ({ id, name }) => {
            setDraft(EMPTY);
            toast(`${name} added`, 'It sends nobody until it has a token.');
            onAdded(id);
          },
        });
      }}
    >
      <DirectoryFields
        draft={draft}
        onEdit={(changed) => {
          add.reset();
          setDraft({ ...draft, ...changed });
        }}
      />
      {add.isError && <ProblemNotice error={add.error} />}
      <div className={classes.actions}>
        <Button type="submit" loading={add.isPending} disabled={!isWhole(draft)}>
          Add directory
        </Button>
      </div>
    </form>
  );
}
