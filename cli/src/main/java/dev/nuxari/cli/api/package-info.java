/** The way to a server: who is signed in, the calls, and the two ways in which a call does not succeed. */
@NullMarked
package dev.nuxari.cli.api;

import org.jspecify.annotations.NullMarked;
