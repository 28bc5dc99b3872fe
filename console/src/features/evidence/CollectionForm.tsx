import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '#/ui/Icon';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { TimeFilter } from '#/ui/TimeFilter';
import { WordSelect } from '#/ui/WordSelect';
import { toast } from '#/ui/toast';
import { type Selection, useAccountsOf, useCollection, useSystems } from './queries';

/** Saves the packages of a period as one file that verifies offline, and is complete. */
export function CollectionForm() {
  const [chosen, setChosen] = useState<Partial<Selection>>({});
  const systems = useSystems();
  const accounts = useAccountsOf(chosen.connectorId);
  const file = useCollection();
  const wanted = selectionOf(chosen);
  const hint = file.isPending ? 'The log of the period is being read…' : hintFor(chosen);
  return (
    <>
      <Group component="form" align="flex-end" aria-label="Period to export">
        <TimeFilter label="Begins" value={chosen.from} onChange={(from) => setChosen({ ...chosen, from })} />
        <TimeFilter label="Ends" value={chosen.to} onChange={(to) => setChosen({ ...chosen, to })} />
        <WordSelect
          label="System"
          any="Every system"
          options={systems}
          value={chosen.connectorId}
          onChange={(connectorId) => setChosen({ ...chosen, connectorId, account: undefined })}
        />
        {chosen.connectorId !== undefined && (
          <WordSelect
            label="Account"
            any="Every account"
            options={accounts}
            value={chosen.account}
            onChange={(account) => setChosen({ ...chosen, account })}
          />
        )}
        <Button
          leftSection={<Icon name="download" size={16} />}
          loading={file.isPending}
          disabled={wanted === undefined}
          onClick={() => wanted !== undefined && file.mutate(wanted, { onSuccess: saved })}
        >
          Export period
        </Button>
      </Group>
      <p role="status">{hint}</p>
      {file.isError && <ProblemNotice error={file.error} />}
    </>
  );
}

function saved(name: string) {
  toast('Period downloaded', `${name}. Verify it with: nuxari verify ${name}`);
}

/** An account is one of its system, so the system need not be said besides. */
function selectionOf({ from, to, account, connectorId }: Partial<Selection>): Selection | undefined {
  if (from === undefined || to === undefined || from >= to) return undefined;
  return account === undefined ? { from, to, connectorId } : { from, to, account };
}

function hintFor({ from, to }: Partial<Selection>): string {
  if (from === undefined || to === undefined) return 'Choose when the period begins and ends.';
  return from < to ? '' : 'The period ends before it begins.';
}
