/** Load scenarios on the composed stack. Each is a class whose name is the question it answers. */
@NullMarked
package dev.nuxari.bench;

import org.jspecify.annotations.NullMarked;
