/**
 * Tells the broker on what terms organizations let people in, so that it refuses before a session begins there. What is told is
 * the part that needs no roles; the server judges all of it with every request.
 */
@NullMarked
@ApplicationModule(
        displayName = "Terms",
        allowedDependencies = {"tenancy", "identity", "broker", "workflow", "api"})
package dev.nuxari.server.terms;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
