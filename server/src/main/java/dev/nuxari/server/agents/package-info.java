/**
 * Edge agents, on hosts that nobody reaches from outside: their enrolment and tokens, the orders that are signed for them, and what
 * they answer. The agent opens every connection; nothing here connects to one.
 *
 * <p>What both sides say is in {@code dev.nuxari.protocol.agent} and {@code docs/formats/agent.md}.
 */
@NullMarked
@ApplicationModule(
        displayName = "Agents",
        allowedDependencies = {"tenancy", "redaction", "api", "audit", "identity", "approvals", "workflow", "findings"})
package dev.nuxari.server.agents;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
