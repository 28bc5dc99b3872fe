package dev.nuxari.server.api;

import dev.nuxari.kernel.ProblemType;
import java.time.Duration;
import java.util.Optional;

/**
 * A second factor that a caller has to show before they go on (RFC 9470).
 *
 * @param age how long ago it may have been shown; empty if it only has to have been shown in this session
 */
public record StepUp(Optional<Duration> age) {
    /** The level of authentication that the broker is asked for, and signs. */
    public static final String LEVEL = "mfa";

    /** The authentication layer's address where a browser begins it. */
    public static final String START = "/login/start";

    /** Where a browser begins it. The broker is asked for half the age: what was shown is to be of use for a while. */
    String start() {
        return START + "?acr=" + LEVEL
                + age.map(longest -> "&maxAge=" + longest.dividedBy(2).toSeconds())
                        .orElse("");
    }

    String challenge() {
        return "Bearer error=\"insufficient_user_authentication\", acr_values=\"" + LEVEL + "\""
                + age.map(longest -> ", max_age=\"" + longest.dividedBy(2).toSeconds() + "\"")
                        .orElse("");
    }

    /** The refusal of whoever has not shown it. */
    public StepUpRequired required(ProblemType type, String detail) {
        return new StepUpRequired(type, detail, this);
    }
}
