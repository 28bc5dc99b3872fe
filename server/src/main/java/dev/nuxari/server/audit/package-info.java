/**
 * The record of who did what, to which target, with what outcome: one transparency log (RFC 6962) per organization.
 *
 * <p>An event is appended in the transaction of the action it records; both commit or neither does.
 */
@NullMarked
@ApplicationModule(
        displayName = "Audit",
        allowedDependencies = {"tenancy", "redaction", "api", "keys"})
package dev.nuxari.server.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
