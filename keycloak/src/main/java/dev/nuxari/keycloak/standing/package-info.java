/**
 * Whose word an account stands on. An organization that has shown a domain to be its own may make accounts for the addresses of
 * that domain; domains change hands, and people go elsewhere. So an account says who has spoken for it, and no other organization
 * takes it, with whatever ways in it has, as if its holder had come from a mail.
 */
@NullMarked
package dev.nuxari.keycloak.standing;

import org.jspecify.annotations.NullMarked;
