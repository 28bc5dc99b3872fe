@NullMarked
package dev.nuxari.server.fairness;

import org.jspecify.annotations.NullMarked;
