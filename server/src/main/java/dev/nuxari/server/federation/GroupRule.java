package dev.nuxari.server.federation;

import dev.nuxari.kernel.Role;

/** Whoever is in the provider's group gets the role, within the ceiling. */
record GroupRule(String group, Role role) {}
