@NullMarked
package dev.nuxari.platform.demonstration;

import org.jspecify.annotations.NullMarked;
