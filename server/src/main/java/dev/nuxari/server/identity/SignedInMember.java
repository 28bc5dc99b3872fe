package dev.nuxari.server.identity;

import dev.nuxari.kernel.Role;
import dev.nuxari.server.api.Person;
import org.jspecify.annotations.Nullable;

/**
 * A member in an open session.
 *
 * @param address from where they were last seen
 */
record SignedInMember(Person person, Role role, @Nullable String address, Assurance assurance) {}
