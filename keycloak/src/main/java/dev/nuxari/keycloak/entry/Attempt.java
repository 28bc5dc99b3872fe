package dev.nuxari.keycloak.entry;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody who wants to come in, after they have shown who they are.
 *
 * @param method empty if it is none that we know
 * @param address empty if it cannot be read
 * @param secondFactor whether two factors were shown
 * @param authenticatedAt when they last showed something
 */
record Attempt(
        Optional<LoginMethod> method, Optional<Address> address, boolean secondFactor, Instant authenticatedAt) {}
