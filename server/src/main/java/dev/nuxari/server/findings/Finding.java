package dev.nuxari.server.findings;

import java.time.Instant;
import java.util.UUID;

/**
 * A deviation.
 *
 * @param rule what was broken, in the form of an audit action: {@code log.event-changed}
 * @param subject where; with the rule it tells one finding from another
 * @param lastSeenAt when it was last seen to be so
 */
public record Finding(
        UUID id,
        Kind kind,
        Severity severity,
        State state,
        String rule,
        String subject,
        Instant firstSeenAt,
        Instant lastSeenAt) {
    /** What deviates. */
    public enum Kind {
        CONTROL_FAILURE
    }

    /** The five of the Common Vulnerability Scoring System's ratings. */
    public enum Severity {
        CRITICAL,
        HIGH,
        MEDIUM,
        LOW,
        INFORMATIONAL
    }

    /** Whether somebody has still to do something. */
    public enum State {
        OPEN
    }
}
