@NullMarked
package dev.nuxari.server.scim;

import org.jspecify.annotations.NullMarked;
