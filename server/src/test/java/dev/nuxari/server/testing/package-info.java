/** What the server's tests stand on: the real database, fresh organizations, a clock, a broker's keys, a client. */
@NullMarked
package dev.nuxari.server.testing;

import org.jspecify.annotations.NullMarked;
