import type { AgentObservation } from '#/api/types';
import { EmptyState } from '#/ui/EmptyState';
import { Moment } from '#/ui/Moment';
import { spaced } from '#/words';
import classes from './agents.module.css';
import { memberOf, summariesOf } from './summary';
import { SummaryValues } from './SummaryValues';

const MOST = 20;

/** Of the collector or, for posture, of the pack by which the host was judged. */
function versionText({ content }: AgentObservation): string {
  const version = memberOf(content, 'sourceVersion');
  return typeof version === 'number' ? `, by version ${version}` : '';
}

/** The last that each source said, as far as it fits on a page. */
export function LatestObservations({ observations }: { observations: AgentObservation[] }) {
  if (observations.length === 0) return <EmptyState icon="clock" title="Nothing yet" />;
  return (
    <div className={classes.stack}>
      {observations.map((observation) => {
        const summaries = summariesOf(observation.content);
        return (
          <div key={observation.source} className={classes.source}>
            <h3>{spaced(observation.source)}</h3>
            <span className={classes.quiet}>
              <Moment at={observation.at} />
              {versionText(observation)}
            </span>
            {summaries.slice(0, MOST).map((summary, place) => (
              <SummaryValues key={place} summary={summary} />
            ))}
            {summaries.length > MOST && (
              <span className={classes.quiet}>and {summaries.length - MOST} more</span>
            )}
          </div>
        );
      })}
    </div>
  );
}
