package dev.nuxari.server.agents;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A program on a host that governs it.
 *
 * @param host what it said of itself; empty until it has enrolled
 * @param receipts how many it has sent
 * @param sequence the highest number of its packages
 * @param endedAt when it was revoked or reported lost
 */
record Agent(
        AgentId id,
        String name,
        State state,
        Optional<Host> host,
        long sequence,
        long receipts,
        Instant createdAt,
        @Nullable Instant endedAt) {
    /** What may become of an agent. The last two are for good. */
    enum State {
        /** It is named, and no host has enrolled as it. */
        PENDING,
        ACTIVE,
        REVOKED,
        /** The host, or its key, is in other hands. */
        LOST
    }

    /** By when it last spoke: agents ask for work about once a minute, and at least every ten minutes after a failure. */
    enum Health {
        ONLINE(Duration.ofMinutes(3)),
        LATE(Duration.ofHours(1)),
        SILENT(Duration.ofSeconds(Long.MAX_VALUE));

        private final Duration until;

        Health(Duration until) {
            this.until = until;
        }

        /** How long ago it may have been seen. */
        Duration until() {
            return until;
        }
    }

    /** Empty for one that is not expected to speak. */
    Optional<Health> health(Instant now) {
        return host.filter(_ -> state == State.ACTIVE).map(known -> {
            Instant seen = Objects.requireNonNullElse(known.lastSeenAt(), known.enrolledAt());
            Duration ago = Duration.between(seen, now);
            return Stream.of(Health.values())
                    .filter(health -> ago.compareTo(health.until()) < 0)
                    .findFirst()
                    .orElse(Health.SILENT);
        });
    }

    /**
     * What a host said of itself: version and capabilities last, the rest at its enrolment.
     *
     * @param keyThumbprint of the key that it made (RFC 7638)
     * @param capabilities the types of actions that the agent knows and its host allows
     */
    record Host(
            String name,
            String keyThumbprint,
            String version,
            List<String> capabilities,
            Instant enrolledAt,
            @Nullable Instant lastSeenAt) {
        static final int MOST_CAPABILITIES = 100;

        Host {
            capabilities = List.copyOf(capabilities);
        }
    }
}
