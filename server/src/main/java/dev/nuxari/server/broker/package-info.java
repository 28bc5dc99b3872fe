/**
 * What the server may do at the identity broker: make accounts of people, let them into an organization and out of it, end a
 * lock. It speaks as a client of its own, whose rights are those and nothing more; passwords never come by here.
 */
@NullMarked
@ApplicationModule(
        displayName = "Broker",
        allowedDependencies = {"api"})
package dev.nuxari.server.broker;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
