/**
 * The edge agent: one loop that fetches, verifies, executes and reports. It opens every connection and listens on nothing. What it
 * believes is in {@code dev.nuxari.protocol.agent}; what it can do is in {@code action}. See {@code docs/formats/agent.md}.
 */
@NullMarked
package dev.nuxari.agent;

import org.jspecify.annotations.NullMarked;
