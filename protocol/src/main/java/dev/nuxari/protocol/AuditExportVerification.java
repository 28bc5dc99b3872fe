package dev.nuxari.protocol;

import java.util.List;

/** What a verifier concluded about an audit export, with every question it asked. */
public sealed interface AuditExportVerification {
    /** In the order they were asked. */
    List<Check> checks();

    /** Every check passed. */
    record Verified(List<Check> checks, Summary summary, EvidenceVerification.Trust trust)
            implements AuditExportVerification {
        public Verified {
            checks = List.copyOf(checks);
        }
    }

    /** At least one check did not pass. */
    record Refuted(List<Check> checks) implements AuditExportVerification {
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

    /**
     * What was verified.
     *
     * @param filter what was looked for, as the exporting server says; empty for everything
     */
    record Summary(long events, String filter, String origin, long treeSize, String keyFingerprint) {}
}
