/** The server: a modular monolith whose modules are the packages below this one. */
@NullMarked
package dev.nuxari.server;

import org.jspecify.annotations.NullMarked;
