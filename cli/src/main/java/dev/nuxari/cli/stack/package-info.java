/** Starting, keeping and stopping the whole stack on this machine. */
@NullMarked
package dev.nuxari.cli.stack;

import org.jspecify.annotations.NullMarked;
