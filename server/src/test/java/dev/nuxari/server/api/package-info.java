@NullMarked
package dev.nuxari.server.api;

import org.jspecify.annotations.NullMarked;
