import type { Observation } from '#/api/types';
import { EmptyState } from '#/ui/EmptyState';
import { Loading } from '#/ui/Loading';
import { Moment } from '#/ui/Moment';
import { ProblemNotice } from '#/ui/ProblemNotice';
import { StateBadge } from '#/ui/StateBadge';
import { OBSERVATION_STATES, wordOf } from '#/words';
import classes from './ObservationList.module.css';
import { useObservations } from './queries';

/** The last runs of a connector, and what they counted. */
export function ObservationList({ connectorId }: { connectorId: string }) {
  const observations = useObservations(connectorId);
  if (observations.isError) {
    return <ProblemNotice error={observations.error} onRetry={() => void observations.refetch()} />;
  }
  if (observations.data === undefined) return <Loading what="the observations" />;
  if (observations.data.items.length === 0) return <EmptyState icon="clock" title="Never observed" />;
  return (
    <ul className={classes.list}>
      {observations.data.items.map((observation) => (
        <li key={observation.id} className={classes.row}>
          <StateBadge word={wordOf(OBSERVATION_STATES, observation.state)} />
          <span className={classes.counts}>{countsOf(observation)}</span>
          <span className={classes.when}>
            <Moment at={observation.startedAt} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function countsOf({ accounts, assignments, failure }: Observation): string {
  if (failure !== undefined) return failure.reason;
  if (accounts === undefined) return '';
  return `${accounts} accounts, ${assignments ?? 0} assignments`;
}
