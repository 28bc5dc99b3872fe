/** The composed stack from outside: over HTTP, with hand-written SQL, with signals, and with a browser. */
@NullMarked
package dev.nuxari.e2e;

import org.jspecify.annotations.NullMarked;
