/** How somebody who was invited comes to a way to sign in: a password or a passkey of their own, set on Keycloak's pages. */
@NullMarked
package dev.nuxari.keycloak.invitation;

import org.jspecify.annotations.NullMarked;
