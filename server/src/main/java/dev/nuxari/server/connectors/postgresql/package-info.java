/** Governs a PostgreSQL cluster: who may log in, and who is a member of which role. */
@NullMarked
package dev.nuxari.server.connectors.postgresql;

import org.jspecify.annotations.NullMarked;
