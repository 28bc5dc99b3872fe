package dev.nuxari.server.identity;

import dev.nuxari.server.api.StepUp;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How sure it is that a person is there, from what the broker signed.
 *
 * @param acr the level of authentication that was reached (OpenID Connect Core, section 2)
 * @param method null if the broker did not sign it, or it is none that we know
 * @param authenticatedAt when the person last showed something that only they have or know
 * @param lastSeenAt the last sign of life of a browser session; null for a bearer token, which does not last long
 */
record Assurance(
        @Nullable String acr,
        @Nullable LoginMethod method,
        @Nullable Instant authenticatedAt,
        @Nullable Instant lastSeenAt) {
    boolean isMfa() {
        return StepUp.LEVEL.equals(acr);
    }

    boolean isYounger(Duration age, Instant now) {
        return isYounger(authenticatedAt, age, now);
    }

    /** What is not known is older. */
    static boolean isYounger(@Nullable Instant moment, Duration age, Instant now) {
        return moment != null && moment.isAfter(now.minus(age));
    }
}
