@NullMarked
package dev.nuxari.server.vault;

import org.jspecify.annotations.NullMarked;
