/**
 * The command line: one noun per server module, one verb per method of its front door, and the commands that start and
 * show the whole stack. It does nothing the API cannot, except {@code verify}, which needs no server at all.
 */
@NullMarked
package dev.nuxari.cli;

import org.jspecify.annotations.NullMarked;
