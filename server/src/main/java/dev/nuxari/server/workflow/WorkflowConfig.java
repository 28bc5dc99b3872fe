package dev.nuxari.server.workflow;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param maxAttempts how often a step is tried in a row before the workflow fails
 * @param firstDelay how long to wait after the first failure; doubles with each further one
 * @param maxDelay the longest wait
 */
@ConfigurationProperties(value = "nuxari.workflow", ignoreUnknownFields = false)
record WorkflowConfig(
        @DefaultValue("6") int maxAttempts,
        @DefaultValue("1s") Duration firstDelay,
        @DefaultValue("5m") Duration maxDelay) {
    private static final int LARGEST_SHIFT = 20;

    WorkflowConfig {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException(
                    "nuxari.workflow.max-attempts must be at least 1, but is " + maxAttempts);
        }
        if (!firstDelay.isPositive() || maxDelay.compareTo(firstDelay) < 0) {
            throw new IllegalArgumentException(
                    "nuxari.workflow.first-delay must be positive and not above nuxari.workflow.max-delay");
        }
    }

    /** How long to wait after so many failures in a row. */
    Duration delayAfter(int failures) {
        Duration doubled = firstDelay.multipliedBy(1L << Math.min(failures - 1, LARGEST_SHIFT));
        return doubled.compareTo(maxDelay) > 0 ? maxDelay : doubled;
    }
}
