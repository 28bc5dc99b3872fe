import { Button } from '@mantine/core';
import { useState } from 'react';
import { asProblem } from '#/api/problem';
import type { Directory } from '#/api/types';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { toast } from '#/ui/toast';
import classes from './directories.module.css';
import { DirectoryFields } from './DirectoryFields';
import { type Draft, draftOf, isWhole } from './draft';
import { useChangeDirectory } from './queries';
import { SwitchDirectory } from './SwitchDirectory';

/** What somebody has typed, and of which version. */
interface Edited {
  seen: Directory;
  draft: Draft;
}

/** Changes a directory. What was typed stays until it is saved, or the person takes what somebody else has saved. */
export function EditDirectory({ directory }: { directory: Directory }) {
  const change = useChangeDirectory();
  const [edited, setEdited] = useState<Edited | null>(null);
  const { seen, draft } = edited ?? { seen: directory, draft: draftOf(directory) };
  return (
    <>
      <form
        className={classes.stack}
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate(
            { seen, draft, state: seen.state },
            {
              onSuccess: ({ name }) => {
                setEdited(null);
                toast(`${name} saved`, 'Members get their roles by it within minutes.');
              },
            },
          );
        }}
      >
        <DirectoryFields
          draft={draft}
          onEdit={(changed) => {
            change.reset();
            setEdited({ seen, draft: { ...draft, ...changed } });
          }}
        />
        {change.isError && <ProblemNotice error={change.error} />}
        <div className={classes.actions}>
          {asProblem(change.error).slug === 'stale-version' && (
            <Button
              variant="default"
              onClick={() => {
                change.reset();
                setEdited(null);
              }}
            >
              Show it as it is now
            </Button>
          )}
          <Button type="submit" loading={change.isPending} disabled={edited === null || !isWhole(draft)}>
            Save
          </Button>
        </div>
      </form>
      <SwitchDirectory
        directory={seen}
        onSwitched={(after) => {
          if (edited !== null) setEdited({ ...edited, seen: after });
        }}
      />
    </>
  );
}
