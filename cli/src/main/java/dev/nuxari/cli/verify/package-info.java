/** Verification without a server: it reads files, and nothing else. */
@NullMarked
package dev.nuxari.cli.verify;

import org.jspecify.annotations.NullMarked;
