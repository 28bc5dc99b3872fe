/** The demonstration: connects real systems once, then runs the whole loop as three people. It uses the API only. */
@NullMarked
package dev.nuxari.cli.demo;

import org.jspecify.annotations.NullMarked;
