/**
 * Starts the real servers the product stands on as child processes of a JVM: PostgreSQL, Keycloak, the demonstration
 * directory and the server itself. Used by {@code nuxari up}, by the tests and by the benchmarks alike. It knows nothing
 * of approvals or workflows.
 */
@NullMarked
package dev.nuxari.platform;

import org.jspecify.annotations.NullMarked;
