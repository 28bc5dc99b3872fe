package dev.nuxari.protocol;

import java.util.List;

/** What a verifier concluded about an evidence collection. */
public sealed interface EvidenceCollectionVerification {
    /** In the order they were asked. */
    List<Check> checks();

    /** Every check passed. */
    record Verified(List<Check> checks, Summary summary, EvidenceVerification.Trust trust)
            implements EvidenceCollectionVerification {
        public Verified {
            checks = List.copyOf(checks);
        }
    }

    /** At least one check did not pass. Reading stops there, so that later questions may not have been asked. */
    record Refuted(List<Check> checks) implements EvidenceCollectionVerification {
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

    /** What was verified. */
    record Summary(EvidenceSelector selector, Contents contents, String origin, long treeSize, String keyFingerprint) {}

    /**
     * What stands between the entry before the period and the one after it.
     *
     * @param begin index of the first entry of the period
     * @param end index of the entry after the period
     * @param undue entries among them that are dated outside the period, because a clock went back
     * @param packages those collected
     * @param others packages sealed in the period that are about something else
     */
    record Contents(long begin, long end, long undue, long packages, long others) {}
}
