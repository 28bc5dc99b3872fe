@NullMarked
package dev.nuxari.server.domains;

import org.jspecify.annotations.NullMarked;
