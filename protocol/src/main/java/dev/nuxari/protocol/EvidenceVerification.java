package dev.nuxari.protocol;

import dev.nuxari.transparency.MerkleHash;
import java.util.List;

/** What a verifier concluded about an evidence package, with every question it asked. */
public sealed interface EvidenceVerification {
    /** In the order they were asked. */
    List<Check> checks();

    /** Every check passed. */
    record Verified(List<Check> checks, Summary summary, Trust trust) implements EvidenceVerification {
        public Verified {
            checks = List.copyOf(checks);
        }
    }

    /** At least one check did not pass. */
    record Refuted(List<Check> checks) implements EvidenceVerification {
        public Refuted {
            checks = List.copyOf(checks);
            if (checks.stream().allMatch(Check::passed)) {
                throw new IllegalArgumentException("nothing is refuted");
            }
        }

        /** The first check that did not pass; what follows is often its consequence. */
        public Check first() {
            return checks.stream().filter(check -> !check.passed()).findFirst().orElseThrow();
        }
    }

    /** On whose word the keys are taken. */
    enum Trust {
        /** The keys are those of a manifest that whoever verifies has got elsewhere. */
        TRUSTED_ROOT,
        /** The package is consistent in itself, and brought its keys along: their fingerprint has to be compared. */
        KEYS_OF_THE_PACKAGE
    }

    /** What was verified. */
    record Summary(
            EvidenceHeader header,
            int records,
            MerkleHash merkleRoot,
            String origin,
            long logIndex,
            long treeSize,
            String keyFingerprint) {}
}
