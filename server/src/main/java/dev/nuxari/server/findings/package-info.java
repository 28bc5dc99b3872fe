/**
 * Deviations: what is not as it was approved, or as it was recorded. A finding says what, where and since when; it stays when
 * its cause is gone, because that it was there is the point.
 */
@NullMarked
@ApplicationModule(
        displayName = "Findings",
        allowedDependencies = {"tenancy", "redaction", "api", "audit", "workflow"})
package dev.nuxari.server.findings;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
