@NullMarked
package dev.nuxari.server.agents;

import org.jspecify.annotations.NullMarked;
