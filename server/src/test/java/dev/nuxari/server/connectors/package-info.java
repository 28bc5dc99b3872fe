@NullMarked
package dev.nuxari.server.connectors;

import org.jspecify.annotations.NullMarked;
