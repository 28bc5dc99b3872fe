/**
 * Asks people to decide, and keeps their decisions. It knows plans by their hash and their text, and nothing of what they
 * would do.
 */
@NullMarked
@ApplicationModule(
        displayName = "Approvals",
        allowedDependencies = {"tenancy", "redaction", "api", "audit"})
package dev.nuxari.server.approvals;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
