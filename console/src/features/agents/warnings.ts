import type { Json } from '#/api/canonical';
import type { AgentObservation, AgentWarning } from '#/api/types';
import { summariesOf } from './summary';

/** What a warning means, with what the agent itself said. What was found out about it stands with the findings. */
export function warningText(warning: AgentWarning, observations: AgentObservation[]): string | null {
  switch (warning) {
    case 'clone-suspected':
      return 'Two hosts have its key, or its host was set back to an earlier state. Report it lost unless you know why.';
    case 'log-refused':
      return 'It does not believe the log that it is shown, and acts on nothing meanwhile. Look at the audit log now.';
    case 'policy-absent':
      return 'Its host has no policy file: it allows no action.';
    case 'policy-refused':
      return 'It does not read the policy file of its host, which others may write or which is not valid: it allows no action.';
    case 'clock-differs':
      return `The clocks of host and server differ by ${amountOf('clockDifference', observations)} seconds. It goes by its own.`;
    case 'observations-dropped':
      return `It had to drop ${amountOf('droppedObservations', observations)} observations: it could not send them.`;
    case 'finding-open':
      return null;
  }
}

function amountOf(name: string, observations: AgentObservation[]): string {
  const health = observations.find(({ source }) => source === 'agent-health');
  const summary = summariesOf(health?.content).find(({ kind }) => kind === 'agent-health');
  const values: Record<string, Json | undefined> = Object.fromEntries(summary?.values ?? []);
  const amount = values[name];
  return typeof amount === 'number' ? String(Math.abs(amount)) : 'some';
}
