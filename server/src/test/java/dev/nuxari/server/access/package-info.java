@NullMarked
package dev.nuxari.server.access;

import org.jspecify.annotations.NullMarked;
