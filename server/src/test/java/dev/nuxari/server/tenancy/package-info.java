@NullMarked
package dev.nuxari.server.tenancy;

import org.jspecify.annotations.NullMarked;
