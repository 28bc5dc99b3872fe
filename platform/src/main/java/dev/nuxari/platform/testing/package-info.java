/** Real servers for tests: started once per JVM when first asked for, stopped with it. */
@NullMarked
package dev.nuxari.platform.testing;

import org.jspecify.annotations.NullMarked;
