import { Button, Select } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import type { Agent } from '#/api/types';
import { ConfirmDialog } from '#/ui/ConfirmDialog';
import { toast } from '#/ui/toast';
import classes from './agents.module.css';
import { useEndAgent } from './queries';

type Why = 'revoked' | 'lost';

const REASONS = [
  { value: 'revoked', label: 'Revoked: the host is in good hands, and no longer governed' },
  { value: 'lost', label: 'Lost: the host or its key may be in other hands' },
];

/** Ends an agent for good, after it was said why. */
export function EndAgent({ agent: { id, name } }: { agent: Agent }) {
  const [opened, { open, close }] = useDisclosure(false);
  const [why, setWhy] = useState<Why>('revoked');
  const end = useEndAgent(id);
  const leave = () => {
    end.reset();
    close();
  };
  return (
    <>
      <Button variant="default" onClick={open}>
        Revoke or report lost…
      </Button>
      <ConfirmDialog
        opened={opened}
        title={`End ${name}?`}
        confirm={why === 'lost' ? 'Report lost' : 'Revoke agent'}
        dangerous
        pending={end.isPending}
        error={end.error}
        onConfirm={() =>
          end.mutate(why === 'lost', {
            onSuccess: () => {
              close();
              toast(why === 'lost' ? `${name} reported lost` : `${name} revoked`, 'It is told nothing more.');
            },
          })
        }
        onClose={leave}
      >
        <div className={classes.stack}>
          <p>
            Its next request is refused, and what waits for it is not delivered. This is for good: the host
            can come back as another agent only.
          </p>
          <Select
            label="Why"
            data={REASONS}
            value={why}
            allowDeselect={false}
            onChange={(chosen) => setWhy(chosen === 'lost' ? 'lost' : 'revoked')}
          />
          {why === 'lost' && (
            <p>
              The audit log says so to those who look into it, and nobody enrols with this key again. Change
              what lay on the host as well: its own secrets are not ours to change.
            </p>
          )}
        </div>
      </ConfirmDialog>
    </>
  );
}
