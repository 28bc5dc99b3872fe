@NullMarked
package dev.nuxari.server.keys;

import org.jspecify.annotations.NullMarked;
