/**
 * Directories: an organization's identity provider sends its people and groups by SCIM 2.0 (RFC 7643, RFC 7644), and says when
 * somebody has left. People become members through {@code identity}'s doors of enrolment, with a role below the ceiling that an
 * administrator has set.
 *
 * <p>It knows nothing of how somebody signs in.
 */
@NullMarked
@ApplicationModule(
        displayName = "Directories",
        allowedDependencies = {"tenancy", "redaction", "api", "audit", "identity", "domains", "broker", "workflow"})
package dev.nuxari.server.scim;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
