/**
 * A server that is nobody's, with which the agent's start-up cache is made: see {@code packaging/train}. It listens, and so it is not in the
 * agent's jar: it lies beside it and runs for a moment, in a process of its own.
 */
@NullMarked
package dev.nuxari.agent.rehearsal;

import org.jspecify.annotations.NullMarked;
