/**
 * The keys of each organization: one that encrypts what it stores, and those that sign in its name.
 *
 * <p>Envelope encryption: every organization has a data key of its own, which is stored wrapped by the master key; the master
 * key is in no database. What is sealed for one organization cannot be opened for another.
 */
@NullMarked
@ApplicationModule(
        displayName = "Keys",
        allowedDependencies = {"tenancy", "redaction"})
package dev.nuxari.server.keys;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
