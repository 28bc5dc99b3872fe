import type { Json } from '#/api/canonical';
import type { AgentObservation } from '#/api/types';
import { summariesOf } from './summary';

/** Seconds by which the two clocks may differ before somebody should look. */
const SKEW = 60;

/** What the agent itself says that somebody should look at. */
export function warningsOf(observations: AgentObservation[]): string[] {
  const health = observations.find(({ source }) => source === 'agent-health');
  const summary = summariesOf(health?.content).find(({ kind }) => kind === 'agent-health');
  if (summary === undefined) return [];
  const values: Record<string, Json | undefined> = Object.fromEntries(summary.values);
  const warnings: string[] = [];
  if (values.log === 'refused') {
    warnings.push(
      'It does not believe the log that it is shown, and acts on nothing meanwhile. Look at the audit log now.',
    );
  }
  if (values.policy === 'absent') {
    warnings.push('Its host has no policy file: it allows no action.');
  }
  if (values.policy === 'refused') {
    warnings.push(
      'It does not read the policy file of its host, which others may write or which is not valid: it allows no action.',
    );
  }
  const skew = values.clockDifference;
  if (typeof skew === 'number' && Math.abs(skew) > SKEW) {
    warnings.push(`The clocks of host and server differ by ${Math.abs(skew)} seconds. It goes by its own.`);
  }
  const dropped = values.droppedObservations;
  if (typeof dropped === 'number' && dropped > 0) {
    warnings.push(`It had to drop ${dropped} observations: it could not send them.`);
  }
  return warnings;
}
