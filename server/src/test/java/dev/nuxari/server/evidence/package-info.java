@NullMarked
package dev.nuxari.server.evidence;

import org.jspecify.annotations.NullMarked;
