import type { AccessRequest } from '#/api/types';
import { isOver, sentenceOf } from '#/features/workflow';
import { REQUEST_STATES, type Word, WORKFLOW_STATES, wordOf } from '#/words';

/** Whether something can still happen: the request is undecided, or its workflow is not over. */
export function isLive({ state, workflowState }: AccessRequest): boolean {
  if (state === 'cancelled' || state === 'draft') return false;
  return workflowState === undefined ? state === 'submitted' : !isOver(workflowState);
}

/** How far a request has come: the workflow's state says more than the request's, once there is one. */
export function progressOf({ state, workflowState }: AccessRequest): Word {
  if (state === 'cancelled' || workflowState === undefined) {
    return wordOf(REQUEST_STATES, state);
  }
  return wordOf(WORKFLOW_STATES, workflowState);
}

export function titleOf({ operation, entitlement, account }: AccessRequest): string {
  return sentenceOf(operation, entitlement?.name ?? null, account.displayName);
}
