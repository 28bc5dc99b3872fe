package dev.nuxari.server.shares;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A link. It is opened for a visit at a time: whatever is read within half an hour is one use of it.
 *
 * @param mostUses how often it may be opened; null if as often as one likes
 * @param visitEndsAt when the last visit was or will be over; null before the first
 */
record Share(
        UUID id,
        String recipient,
        Shared shared,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Integer mostUses,
        int uses,
        @Nullable Instant visitEndsAt,
        @Nullable Instant revokedAt) {
    static final Duration VISIT = Duration.ofMinutes(30);

    /** What it is at a time. Whether its creator may still share is not known here. */
    enum State {
        ACTIVE,
        EXPIRED,
        REVOKED,
        USED_UP
    }

    /** What comes of opening it. */
    sealed interface Opening {
        /** The visit goes on. */
        record Continued() implements Opening {}

        /** One use more. */
        record Begun(int uses, Instant visitEndsAt) implements Opening {}

        record Refused(State because) implements Opening {}
    }

    State stateAt(Instant now) {
        if (revokedAt != null) {
            return State.REVOKED;
        }
        if (!now.isBefore(expiresAt)) {
            return State.EXPIRED;
        }
        return mostUses == null || uses < mostUses || isVisitedAt(now) ? State.ACTIVE : State.USED_UP;
    }

    Opening open(Instant now) {
        State state = stateAt(now);
        if (state != State.ACTIVE) {
            return new Opening.Refused(state);
        }
        return isVisitedAt(now) ? new Opening.Continued() : new Opening.Begun(uses + 1, now.plus(VISIT));
    }

    private boolean isVisitedAt(Instant now) {
        return visitEndsAt != null && now.isBefore(visitEndsAt);
    }
}
