/**
 * The claims of the product and the tests that prove them, read from class files and from the reports of a run. Needs
 * nothing but a JDK, so that the launcher can run it from source.
 */
@NullMarked
package dev.nuxari.e2e.claims;

import org.jspecify.annotations.NullMarked;
