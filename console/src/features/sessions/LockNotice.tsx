import { Button } from '@mantine/core';
import { useState } from 'react';
import { ConfirmDialog } from '#/ui/ConfirmDialog';
import { Notice } from '#/ui/Notice';
import { toast } from '#/ui/toast';
import { useLock, useUnlock } from './queries';

interface Props {
  memberId: string;
  name: string;
}

/** Says that wrong passwords keep a member out, and lets them try again. Nothing where nothing does. */
export function LockNotice({ memberId, name }: Props) {
  const lock = useLock(memberId);
  const [asking, setAsking] = useState(false);
  if (lock.data?.locked !== true) return null;
  return (
    <>
      <Notice tone="warning" title={`${name} is locked out`}>
        <p>After five wrong passwords nobody can sign in as them for half an hour.</p>
        <Button size="xs" variant="default" onClick={() => setAsking(true)}>
          End the lock
        </Button>
      </Notice>
      {asking && <UnlockDialog memberId={memberId} name={name} onClose={() => setAsking(false)} />}
    </>
  );
}

function UnlockDialog({ memberId, name, onClose }: Props & { onClose: () => void }) {
  const unlock = useUnlock(memberId);
  return (
    <ConfirmDialog
      opened
      title={`Let ${name} try again?`}
      confirm="End the lock"
      pending={unlock.isPending}
      error={unlock.error}
      onConfirm={() =>
        unlock.mutate(undefined, {
          onSuccess: () => {
            onClose();
            toast('The lock has ended', `${name} can sign in again.`);
          },
        })
      }
      onClose={onClose}
    >
      <p>
        Ask them first whether it was them. If somebody else is guessing their password, the lock is what
        keeps them out. It can be ended once in 15 minutes.
      </p>
    </ConfirmDialog>
  );
}
