package dev.nuxari.server.workflow;

import dev.nuxari.server.redaction.RedactedText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of a workflow's timeline, for people. The audit log is the record; this is its readable shadow.
 *
 * @param step the step it is about, absent when it is about the whole
 */
public record Entry(Instant at, Kind kind, @Nullable Integer step, RedactedText detail) {
    /** What happened. */
    public enum Kind {
        SUBMITTED("Submitted"),
        GRANTED("Approved"),
        REJECTED("Rejected"),
        CANCELLED("Cancelled"),
        EXPIRED("Expired"),
        PERMITTED("Execution permitted"),
        HANDED_OVER("Handed over"),
        EXECUTED("Executed"),
        RESOLVED("Resolved by observing"),
        VALIDATED("Validated"),
        WAITING("Waiting to try again"),
        FAILED("Failed"),
        RETRIED("Retried"),
        COMPLETED("Completed"),
        SEALED("Evidence sealed");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        /** What a person reads above the detail. */
        public String title() {
            return title;
        }
    }
}
