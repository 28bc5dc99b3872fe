/** Whoever is given another password is signed out everywhere. */
@NullMarked
package dev.nuxari.keycloak.signout;

import org.jspecify.annotations.NullMarked;
