@NullMarked
package dev.nuxari.server.shares;

import org.jspecify.annotations.NullMarked;
