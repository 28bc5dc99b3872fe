@NullMarked
package dev.nuxari.server.identity;

import org.jspecify.annotations.NullMarked;
