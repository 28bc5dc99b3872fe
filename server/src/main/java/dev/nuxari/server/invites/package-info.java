/**
 * Invitations: an owner or admin names an address and a role, the address gets a mail, and whoever comes back by it and signs
 * in with that address, verified, becomes a member. The mail's link is a secret that is stored nowhere.
 */
@NullMarked
@ApplicationModule(
        displayName = "Invites",
        allowedDependencies = {"tenancy", "redaction", "api", "audit", "identity", "broker", "mail", "workflow"})
package dev.nuxari.server.invites;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
