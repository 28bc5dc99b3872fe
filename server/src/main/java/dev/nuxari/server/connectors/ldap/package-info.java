/** Governs an LDAP directory: people and the groups they are members of. */
@NullMarked
package dev.nuxari.server.connectors.ldap;

import org.jspecify.annotations.NullMarked;
