import { type Plan, planOf } from '#/api/hashed';
import type { Workflow, WorkflowState } from '#/api/types';
import { ACTIONS } from '#/agentWords';
import type { Tone } from '#/theme';
import { wordOf } from '#/words';

const WAITING: Record<string, string | undefined> = {
  'awaiting-approval': 'Waiting for the approval',
  scheduled: 'Scheduled; it starts by itself',
  running: 'Executing under the approval',
  validating: 'Looking at the system again',
};

/** What a workflow waits for; null when it is over. */
export function waitingFor(state: WorkflowState): string | null {
  return WAITING[state] ?? null;
}

export function isOver(state: WorkflowState): boolean {
  return waitingFor(state) === null;
}

const TONES: [pattern: RegExp, tone: Tone][] = [
  [/fail|reject|refus|interrupt/, 'bad'],
  [/expire|retr|attempt|waiting|withdraw|cancel/, 'warning'],
  [/complet|grant|succe|resolved|valid|seal/, 'good'],
  [/permit|execut|run|snapshot|schedul/, 'active'],
];

/** How a happening of the timeline looks; a kind this console does not know looks neutral. */
export function toneOf(kind: string): Tone {
  return TONES.find(([pattern]) => pattern.test(kind))?.[1] ?? 'info';
}

/** What a workflow is about, in one line. */
export function subjectOf(workflow: Workflow): string {
  // The plan says what an agent shall do; the list of steps does not.
  const [step] = planOf(workflow).steps;
  return step === undefined ? nameOf(workflow.id) : sentenceOfStep(step);
}

/** What a workflow is called where it is not known what it is about. */
export function nameOf(id: string): string {
  return `Workflow ${id.slice(0, 8)}`;
}

export function titleOfPlan(plan: Plan): string {
  const step = plan.steps[0];
  return step === undefined ? 'Plan without steps' : sentenceOfStep(step);
}

export function sentenceOfStep(step: Plan['steps'][0] | Workflow['steps'][0]): string {
  const { operation, entitlement, account } = step;
  if ('action' in step && step.action !== undefined) {
    return `${wordOf(ACTIONS, step.action.type).label} on ${account.displayName}`;
  }
  return sentenceOf(operation, entitlement?.name ?? null, account.displayName);
}

export function sentenceOf(operation: string, entitlement: string | null, account: string | null): string {
  const whose = account ?? 'an account';
  switch (operation) {
    case 'grant':
      return `Grant ${entitlement ?? 'access'} to ${whose}`;
    case 'revoke':
      return `Revoke ${entitlement ?? 'access'} from ${whose}`;
    case 'disable':
      return `Disable ${whose}`;
    case 'perform':
      return `Action on ${account ?? 'a host'}`;
    default:
      return `${operation} ${entitlement ?? ''} ${whose}`;
  }
}
