import { Button, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { ConfirmDialog } from '#/ui/ConfirmDialog';
import { toast } from '#/ui/toast';
import { useRotateLogKey } from './queries';

const LONGEST = 2_000;

interface Props {
  /** Of the keys on the screen: a key that somebody else has just replaced is not replaced again. */
  version: number;
  keyId: string;
}

/** Lets another key sign the log, after saying what comes of it. */
export function RotateLogKey({ version, keyId }: Props) {
  const [opened, { open, close }] = useDisclosure(false);
  const [justification, setJustification] = useState('');
  const rotation = useRotateLogKey();
  const leave = () => {
    rotation.reset();
    setJustification('');
    close();
  };
  const confirm = () =>
    rotation.mutate(
      { manifestVersion: version, justification: justification.trim() },
      {
        onSuccess: (rotated) => {
          toast('Log key rotated', `Key ${rotated.keyId} signs from now on.`);
          leave();
        },
      },
    );
  return (
    <>
      <Button variant="default" onClick={open}>
        Rotate log key
      </Button>
      <ConfirmDialog
        opened={opened}
        title={`Replace the log key ${keyId}?`}
        confirm="Rotate log key"
        keep="Keep the key"
        dangerous
        pending={rotation.isPending}
        disabled={justification.trim() === ''}
        error={rotation.error}
        onConfirm={confirm}
        onClose={leave}
      >
        <ul>
          <li>
            A new key signs from now on. The old one signs nothing more, and its private half is deleted.
          </li>
          <li>Everything that was signed so far still verifies.</li>
          <li>
            Auditors who verify offline need the new keys for evidence that is sealed from now on. Give them
            the new file, or let them follow from the old one: nuxari log verify --trusted-root OLD
            --save-keys NEW
          </li>
          <li>There is no way back to the old key.</li>
        </ul>
        <Textarea
          label="Reason"
          description="Why the key is replaced. It is recorded and cannot be changed."
          required
          rows={2}
          maxLength={LONGEST}
          value={justification}
          onChange={(event) => setJustification(event.currentTarget.value)}
          data-autofocus
        />
      </ConfirmDialog>
    </>
  );
}
