import { Drawer } from '@mantine/core';
import { EventDetail } from '#/features/audit';
import { Loading } from '#/ui/Loading';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { useSharedEvent } from './queries';

interface Props {
  sequence: number;
  onClose: () => void;
}

/** One event with its proof, which this browser follows. */
export function SharedEventDrawer({ sequence, onClose }: Props) {
  const event = useSharedEvent(sequence);
  return (
    <Drawer opened onClose={onClose} size="xl" title={`Event ${sequence}`}>
      {event.isError && <ProblemNotice error={event.error} onRetry={() => void event.refetch()} />}
      {event.isPending && <Loading what="the event" lines={8} />}
      {event.data !== undefined && <EventDetail detail={event.data} alone />}
    </Drawer>
  );
}
