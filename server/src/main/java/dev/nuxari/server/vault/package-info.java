/**
 * Keeps the credentials of governed systems, and gives them out one at a time: one that can change something only for an
 * execution permit.
 *
 * <p>It does not know what a credential opens, or how. No route answers with one.
 */
@NullMarked
@ApplicationModule(
        displayName = "Vault",
        allowedDependencies = {"tenancy", "redaction", "api", "keys", "audit", "workflow"})
package dev.nuxari.server.vault;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
