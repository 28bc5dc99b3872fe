package dev.nuxari.server.identity;

import dev.nuxari.kernel.OrganizationId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A browser that somebody signed in with. */
record Session(
        UUID id,
        OrganizationId organization,
        String subject,
        @Nullable String acr,
        Instant expiresAt,
        Instant lastSeenAt) {}
