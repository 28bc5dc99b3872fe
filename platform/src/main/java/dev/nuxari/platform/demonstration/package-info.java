/**
 * The governed systems of the demonstration, with people, entitlements and assignments that are the same wherever they are
 * made: one Keycloak realm, one PostgreSQL cluster and one LDAP tree for each organization.
 */
@NullMarked
package dev.nuxari.platform.demonstration;

import org.jspecify.annotations.NullMarked;
