import { canHash } from '#/api/hashing';
import type { Signer } from '#/api/logKeys';
import type { AuditEventDetail } from '#/api/types';
import { Check } from '#/ui/Check';
import { type Inclusion, useInclusion, useLogKeys } from './queries';

interface Props {
  detail: AuditEventDetail;
}

/** Says whether the event is in the tree that the checkpoint signs, and which of the log's keys has signed it. */
export function InclusionCheck({ detail }: Props) {
  return <Answer inclusion={useInclusion(detail, useLogKeys())} />;
}

/** The same for whoever may not read the log's keys. */
export function InclusionCheckWithoutKeys({ detail }: Props) {
  return <Answer inclusion={useInclusion(detail, null)} />;
}

function Answer({ inclusion }: { inclusion: ReturnType<typeof useInclusion> }) {
  if (!canHash())
    return <Check result="unavailable">This browser computes hashes on https and localhost only.</Check>;
  if (inclusion.data === undefined) return <Check result="computing">Following the inclusion proof…</Check>;
  return <Check result={holds(inclusion.data) ? 'passed' : 'refuted'}>{textOf(inclusion.data)}</Check>;
}

function holds(inclusion: Inclusion): boolean {
  return inclusion.state === 'included' && inclusion.signer?.state !== 'unsigned';
}

function signatureText(signer: Signer | null): string {
  if (signer?.state !== 'signed') return 'The checkpoint’s signature is checked by the offline verifier.';
  const { keyId, retired } = signer.key;
  return `The checkpoint is signed by the log key ${keyId}${retired === null ? '' : ', before it was replaced'}. Whether that key is the organization’s is checked by the offline verifier.`;
}

function textOf(inclusion: Inclusion): string {
  switch (inclusion.state) {
    case 'included':
      return inclusion.signer?.state === 'unsigned'
        ? 'None of the log’s keys has signed the checkpoint.'
        : `In the log: this browser hashed the event below and followed the proof to the root of the checkpoint (${inclusion.size} events). ${signatureText(inclusion.signer)}`;
    case 'other-leaf':
      return `The event below does not have this leaf hash: computed ${inclusion.computed}.`;
    case 'not-included':
      return 'The proof does not lead to the root of the checkpoint.';
    default:
      return inclusion satisfies never;
  }
}
