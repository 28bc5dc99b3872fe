@NullMarked
package dev.nuxari.server.connectors.ldap;

import org.jspecify.annotations.NullMarked;
