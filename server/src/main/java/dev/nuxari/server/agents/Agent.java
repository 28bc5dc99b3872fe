package dev.nuxari.server.agents;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

    /**
     * What a host said of itself at its enrolment.
     *
     * @param keyThumbprint of the key that it made (RFC 7638)
     * @param capabilities the types of actions that it knows
     */
    record Host(
            String name,
            String keyThumbprint,
            String version,
            List<String> capabilities,
            Instant enrolledAt,
            @Nullable Instant lastSeenAt) {
        Host {
            capabilities = List.copyOf(capabilities);
        }
    }
}
