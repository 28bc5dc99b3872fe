@NullMarked
package dev.nuxari.server.requests;

import org.jspecify.annotations.NullMarked;
