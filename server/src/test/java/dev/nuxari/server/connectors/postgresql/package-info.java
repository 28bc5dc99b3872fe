@NullMarked
package dev.nuxari.server.connectors.postgresql;

import org.jspecify.annotations.NullMarked;
