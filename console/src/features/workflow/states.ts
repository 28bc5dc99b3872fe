import type { Named, Plan, Workflow, WorkflowState } from '#/api/types';
import type { Tone } from '#/theme';

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
export function subjectOf({ steps, plan, id }: Pick<Workflow, 'steps' | 'plan' | 'id'>): string {
  const step = steps?.[0] ?? plan?.steps[0];
  if (step === undefined) return `Workflow ${id.slice(0, 8)}`;
  return sentenceOf(step.operation, nameOf(step.entitlement ?? null), nameOf(step.account));
}

export function titleOfPlan(plan: Plan): string {
  const step = plan.steps[0];
  if (step === undefined) return 'Plan without steps';
  return sentenceOf(step.operation, step.entitlement?.name ?? null, step.account.displayName);
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
    default:
      return `${operation} ${entitlement ?? ''} ${whose}`;
  }
}

export function nameOf(named: Named): string | null {
  if (named === null || typeof named === 'string') return named;
  return named.displayName ?? named.name ?? named.nativeId ?? null;
}
