import type { Workflow } from '#/api/types';
import { EmptyState } from '#/ui/EmptyState';
import { Timeline } from '#/ui/Timeline';
import { relativeTime } from '#/ui/time';
import { useNow } from '#/ui/now';
import { toneOf, waitingFor } from './states';

/** What the workflow did so far; the last point says what it waits for. */
export function WorkflowTimeline({ workflow }: { workflow: Workflow }) {
  const now = useNow();
  const { timeline, nextAttemptAt } = workflow;
  const waiting = waitingFor(workflow.state);
  if (timeline.length === 0 && waiting === null) {
    return <EmptyState icon="clock" title="Nothing happened" />;
  }
  return (
    <Timeline
      label="Timeline"
      entries={timeline.map((happening, at) => ({
        key: `${at} ${happening.at} ${happening.kind}`,
        at: happening.at,
        title: happening.title,
        tone: toneOf(happening.kind),
        detail: happening.detail,
      }))}
      waitingFor={
        waiting !== null && nextAttemptAt !== undefined
          ? `${waiting}. Next attempt ${relativeTime(nextAttemptAt, now)}`
          : waiting
      }
    />
  );
}
