@NullMarked
package dev.nuxari.server.audit;

import org.jspecify.annotations.NullMarked;
