/**
 * The words every part of the product shares: identifiers, actors, roles and permissions, problem types, pages, and JSON
 * in its canonical form. It knows nothing but the JDK.
 */
@NullMarked
package dev.nuxari.kernel;

import org.jspecify.annotations.NullMarked;
