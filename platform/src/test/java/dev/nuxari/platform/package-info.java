@NullMarked
package dev.nuxari.platform;

import org.jspecify.annotations.NullMarked;
