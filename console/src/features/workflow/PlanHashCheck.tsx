import type { Plan } from '#/api/hashed';
import { Check } from '#/ui/Check';
import { useHashOf } from './planHash';

/** Says whether the plan on the screen is the plan that the hash names. */
export function PlanHashCheck({ plan, planHash }: { plan: Plan; planHash: string }) {
  const { result, computed } = useHashOf(plan, planHash);
  return <Check result={result}>{textOf(result, computed)}</Check>;
}

function textOf(result: ReturnType<typeof useHashOf>['result'], computed: string | null): string {
  switch (result) {
    case 'computing':
      return 'Computing the hash of what you see…';
    case 'passed':
      return 'The hash of what you see matches: computed by this browser from the JSON below.';
    case 'refuted':
      return `The hash of what you see does not match. This browser computed ${computed ?? ''}. Do not decide on this plan; tell an owner.`;
    case 'unavailable':
      return 'This browser cannot compute hashes here (it needs https or localhost). Compare with nuxari verify.';
    default:
      return result satisfies never;
  }
}
