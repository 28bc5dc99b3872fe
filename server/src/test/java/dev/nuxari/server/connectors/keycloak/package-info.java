@NullMarked
package dev.nuxari.server.connectors.keycloak;

import org.jspecify.annotations.NullMarked;
