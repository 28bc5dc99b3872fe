@NullMarked
package dev.nuxari.server.federation;

import org.jspecify.annotations.NullMarked;
