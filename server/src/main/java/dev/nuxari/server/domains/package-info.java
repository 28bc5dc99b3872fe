/**
 * The e-mail domains that an organization has shown to be its own, by a TXT record that only whoever runs the domain can
 * publish. A domain is verified for one organization at a time.
 *
 * <p>It asks name servers for TXT records and connects to nothing that they answer.
 */
@NullMarked
@ApplicationModule(
        displayName = "Domains",
        allowedDependencies = {"tenancy", "redaction", "api", "audit", "identity", "workflow"})
package dev.nuxari.server.domains;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
