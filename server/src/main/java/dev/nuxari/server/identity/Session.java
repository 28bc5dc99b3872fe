package dev.nuxari.server.identity;

import dev.nuxari.kernel.OrganizationId;
import java.time.Instant;
import java.util.UUID;

/** A browser that somebody signed in with. */
record Session(
        UUID id,
        OrganizationId organization,
        String subject,
        Assurance assurance,
        Instant expiresAt,
        Instant lastSeenAt) {}
