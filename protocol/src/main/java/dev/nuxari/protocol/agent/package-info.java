/**
 * What edge agents and the server say to each other, and how an agent judges what it is told. Both sides use this package; it
 * knows neither a server nor a host. The protocol is described in {@code docs/formats/agent.md}.
 */
@NullMarked
package dev.nuxari.protocol.agent;

import org.jspecify.annotations.NullMarked;
