/**
 * The governed systems: which ones there are, what can be ordered there, and what every connector promises. One sub-package
 * per kind.
 *
 * <p>Governed systems are called outside any transaction. What was seen there is kept by whoever asked.
 */
@NullMarked
@ApplicationModule(
        displayName = "Connectors",
        allowedDependencies = {"tenancy", "redaction", "api", "keys", "audit", "approvals", "workflow", "vault"})
package dev.nuxari.server.connectors;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
