/**
 * What every route has in common: who is calling, what the route demands, how problems look, how pages are cut, how often
 * one may ask. No business rules.
 */
@NullMarked
@ApplicationModule(
        displayName = "API conventions",
        allowedDependencies = {"tenancy"})
package dev.nuxari.server.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
