/**
 * Keeps secrets out of what is stored: every free-form JSON passes the {@link dev.nuxari.server.redaction.Redactor}, and
 * {@link dev.nuxari.server.redaction.Redacted} is the proof. It knows names, forms and notations of secrets, and
 * nothing of the objects they stand in.
 */
@NullMarked
@ApplicationModule(
        displayName = "Redaction",
        allowedDependencies = {})
package dev.nuxari.server.redaction;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
