/**
 * What is in the governed systems: the catalogue of entitlements, the accounts, and the two books of who was granted what and
 * who was seen to hold what. Where the books differ there is drift.
 *
 * <p>It observes and compares; it changes no governed system.
 */
@NullMarked
@ApplicationModule(
        displayName = "Access",
        allowedDependencies = {"tenancy", "redaction", "api", "audit", "approvals", "workflow", "connectors"})
package dev.nuxari.server.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
