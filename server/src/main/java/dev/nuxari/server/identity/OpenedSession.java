package dev.nuxari.server.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An open session as the person it belongs to sees it.
 *
 * @param expiresAt when it is over at the latest, by the server's setting or the organization's terms
 * @param address from where its last sign of life came
 */
record OpenedSession(
        SessionId id,
        Instant begunAt,
        Instant expiresAt,
        @Nullable String address,
        Assurance assurance) {}
