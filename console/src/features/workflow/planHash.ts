import { useQuery } from '@tanstack/react-query';
import { asJson, canonical } from '#/api/canonical';
import type { Plan } from '#/api/hashed';
import { canHash, hashOf } from '#/api/hashing';
import type { CheckResult } from '#/ui/Check';

export interface HashedPlan {
  result: CheckResult;
  /** The hash of the plan on the screen, computed here; null when this browser cannot. */
  computed: string | null;
}

/** Hashes the plan that is shown, and compares with what the server says its hash is. */
export function useHashOf(plan: Plan, planHash: string): HashedPlan {
  const shown = canonical(asJson(plan));
  const hash = useQuery({
    queryKey: ['hash', shown],
    queryFn: () => hashOf(asJson(plan)),
    enabled: canHash(),
    staleTime: Infinity,
  });
  if (!canHash() || hash.isError) return { result: 'unavailable', computed: null };
  if (hash.data === undefined) return { result: 'computing', computed: null };
  return { result: hash.data === planHash ? 'passed' : 'refuted', computed: hash.data };
}
