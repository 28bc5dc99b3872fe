/**
 * Who is asking: members and their roles, tokens and browser sessions. Credentials of people never come here; the identity
 * broker keeps them.
 */
@NullMarked
@ApplicationModule(
        displayName = "Identity",
        allowedDependencies = {"tenancy", "redaction", "api", "audit", "broker"})
package dev.nuxari.server.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
