/** What the six roles may, tried from outside with real objects, and in long sequences of calls. */
@NullMarked
package dev.nuxari.server.roles;

import org.jspecify.annotations.NullMarked;
