package dev.nuxari.server.identity;

import dev.nuxari.kernel.OrganizationId;
import java.time.Instant;

/** A browser that somebody signed in with. */
record Session(
        SessionId id,
        OrganizationId organization,
        String subject,
        Assurance assurance,
        Instant expiresAt,
        Instant lastSeenAt) {}
