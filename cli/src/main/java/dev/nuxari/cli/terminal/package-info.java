/** How answers look, to people and to programs. */
@NullMarked
package dev.nuxari.cli.terminal;

import org.jspecify.annotations.NullMarked;
