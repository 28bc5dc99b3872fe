/**
 * Links for people without an account: one evidence package, or the events of the log that a filter finds, for a time.
 *
 * <p>Members make, see and revoke links; whoever holds one has routes of their own, and behind them a door in the database that
 * opens nothing but what the link shares.
 */
@NullMarked
@ApplicationModule(
        displayName = "Shares",
        allowedDependencies = {"tenancy", "redaction", "api", "audit", "evidence"})
package dev.nuxari.server.shares;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
