@NullMarked
package dev.nuxari.server.workflow;

import org.jspecify.annotations.NullMarked;
