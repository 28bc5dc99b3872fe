/**
 * Bounds of what an organization's own identity provider can say: only about addresses of the organization's verified
 * domains, only about accounts that are its own, and in SAML only what is strictly for this sign-in.
 *
 * <p>The server writes the bounds into the provider's settings; here they are kept.
 */
@NullMarked
package dev.nuxari.keycloak.federation;

import org.jspecify.annotations.NullMarked;
