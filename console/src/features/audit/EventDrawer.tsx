import { Drawer } from '@mantine/core';
import { Loading } from '#/ui/Loading';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { EventDetail } from './EventDetail';
import { useAuditEvent } from './queries';

interface Props {
  sequence: number;
  onClose: () => void;
}

/** One event of the log with what proves that it is in the log. */
export function EventDrawer({ sequence, onClose }: Props) {
  const event = useAuditEvent(sequence);
  return (
    <Drawer opened onClose={onClose} size="xl" title={`Event ${sequence}`}>
      {event.isError && <ProblemNotice error={event.error} onRetry={() => void event.refetch()} />}
      {event.isPending && <Loading what="the event" lines={8} />}
      {event.data !== undefined && <EventDetail detail={event.data} />}
    </Drawer>
  );
}
