/** Checks that a pack declares, judged over a host's files. A pack says what to look at in a few kinds of probe, and runs nothing. */
@NullMarked
package dev.nuxari.agent.posture;

import org.jspecify.annotations.NullMarked;
