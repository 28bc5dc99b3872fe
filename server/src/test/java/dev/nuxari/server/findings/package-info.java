@NullMarked
package dev.nuxari.server.findings;

import org.jspecify.annotations.NullMarked;
