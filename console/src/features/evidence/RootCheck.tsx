import { recordsOf } from '#/api/hashed';
import { canHash } from '#/api/hashing';
import type { EvidencePackage } from '#/api/types';
import { Check } from '#/ui/Check';
import { type Recomputed, useRecomputed } from './queries';

/** Says whether the records on the screen are the ones that were sealed. */
export function RootCheck({ evidence }: { evidence: EvidencePackage }) {
  const recomputed = useRecomputed(evidence);
  if (!canHash())
    return <Check result="unavailable">This browser computes hashes on https and localhost only.</Check>;
  if (recomputed.data === undefined) return <Check result="computing">Computing every hash again…</Check>;
  const problem = problemOf(evidence, recomputed.data);
  if (problem !== null) return <Check result="refuted">{problem}</Check>;
  return (
    <Check result="passed">
      This browser computed the hash of each record and the Merkle root again, from what you see: they match.
      Signatures, quorum and the log are checked by the offline verifier.
    </Check>
  );
}

function problemOf(evidence: EvidencePackage, { hashes, root }: Recomputed): string | null {
  const wrong = recordsOf(evidence).filter(({ id, hash }) => hashes[id] !== hash);
  if (wrong.length > 0)
    return `The hash of ${wrong.map(({ type }) => type).join(', ')} does not match its content.`;
  return root === evidence.merkleRoot ? null : `The Merkle root does not match: computed ${root}.`;
}
