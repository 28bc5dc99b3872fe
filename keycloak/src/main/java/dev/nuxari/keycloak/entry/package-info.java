/** Keeps people out of the broker whom their organization would not let in anyway: before they have a session there (claim I6). */
@NullMarked
package dev.nuxari.keycloak.entry;

import org.jspecify.annotations.NullMarked;
