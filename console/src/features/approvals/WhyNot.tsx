import type { Approval } from '#/api/types';
import { Notice } from '#/ui/Notice';
import { adviceFor } from '#/problemWords';
import { APPROVAL_STATES, spaced, wordOf } from '#/words';

/** Why the person who looks cannot decide, in words. */
export function WhyNot({ approval }: { approval: Approval }) {
  if (approval.state !== 'open') {
    const state = wordOf(APPROVAL_STATES, approval.state).label.toLowerCase();
    return (
      <Notice tone="info" title={`This approval is ${state}`}>
        Nothing more can be decided here.
      </Notice>
    );
  }
  const slug = approval.whyNot ?? 'not-permitted';
  const advice = adviceFor(slug);
  return (
    <Notice tone="warning" title={advice?.title ?? spaced(slug)}>
      {advice?.next}
    </Notice>
  );
}
