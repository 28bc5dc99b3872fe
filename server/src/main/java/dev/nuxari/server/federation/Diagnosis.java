package dev.nuxari.server.federation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a look at a provider has found.
 *
 * @param connection what to speak with; null if a finding is in the way
 */
record Diagnosis(List<Finding> findings, @Nullable Connection connection) {
    Diagnosis {
        findings = List.copyOf(findings);
    }

    static Diagnosis failed(Finding why) {
        return new Diagnosis(List.of(why), null);
    }

    boolean isGood() {
        return connection != null && findings.stream().noneMatch(Finding::isInTheWay);
    }

    Diagnosis with(List<Finding> more) {
        List<Finding> all = new ArrayList<>(findings);
        all.addAll(more);
        return new Diagnosis(all, connection);
    }
}
