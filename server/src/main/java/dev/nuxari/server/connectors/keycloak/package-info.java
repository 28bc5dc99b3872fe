/** Governs a Keycloak realm: users, realm roles and groups, through its administration interface. */
@NullMarked
package dev.nuxari.server.connectors.keycloak;

import org.jspecify.annotations.NullMarked;
