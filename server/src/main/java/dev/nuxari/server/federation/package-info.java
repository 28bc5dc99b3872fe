/**
 * The identity providers that organizations bring: how they are set up, what they may say, and which role somebody gets who
 * comes by one.
 *
 * <p>A provider speaks for its organization's verified domains only. The identity broker speaks with it; this module writes
 * the broker's settings and reads what the broker has signed.
 */
@NullMarked
@ApplicationModule(
        displayName = "Federation",
        allowedDependencies = {
            "tenancy",
            "redaction",
            "api",
            "audit",
            "identity",
            "domains",
            "broker",
            "keys",
            "workflow"
        })
package dev.nuxari.server.federation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
