import { Button } from '@mantine/core';
import { Icon } from '#/ui/Icon';
import { toast } from '#/ui/toast';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { useObservations, useObserve } from './queries';

/** Looks at the governed system now, instead of at the next scheduled time. */
export function ObserveButton({ connectorId }: { connectorId: string }) {
  const observe = useObserve(connectorId);
  const observations = useObservations(connectorId);
  const running = observations.data?.items.some(({ state }) => state === 'running') === true;
  return (
    <>
      <Button
        leftSection={<Icon name="refresh" size={16} />}
        loading={observe.isPending || running}
        onClick={() =>
          observe.mutate(undefined, {
            onSuccess: () => toast('Observation started', 'Accounts and assignments are being read.'),
          })
        }
      >
        Observe now
      </Button>
      {observe.isError && <ProblemNotice error={observe.error} />}
    </>
  );
}
