/** How the agent comes to another release of itself: what it believes, what it fetches, where it lies, and the order to do so. */
@NullMarked
package dev.nuxari.agent.release;

import org.jspecify.annotations.NullMarked;
