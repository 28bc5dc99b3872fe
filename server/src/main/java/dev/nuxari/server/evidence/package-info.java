/** What proves a workflow: records, the packages that seal them, and their export. */
@NullMarked
@ApplicationModule(
        displayName = "Evidence",
        allowedDependencies = {"tenancy", "redaction", "api", "keys", "audit"})
package dev.nuxari.server.evidence;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
