package dev.nuxari.server.agents;

import dev.nuxari.server.agents.MessageStore.Known;
import dev.nuxari.server.findings.Finding.Severity;
import dev.nuxari.server.findings.Findings;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.workflow.Workflows;
import java.util.List;
import org.springframework.stereotype.Component;

/** What the server itself does once receipts are stored; none of it is the agent's to do. */
@Component
class AfterReceipts {
    private final AgentDoor door;
    private final Workflows workflows;
    private final Findings findings;

    AfterReceipts(AgentDoor door, Workflows workflows, Findings findings) {
        this.door = door;
        this.workflows = workflows;
        this.findings = findings;
    }

    Caller server(AgentClient client) {
        return door.server(client.organization(), client.caller().origin());
    }

    /** A hint: the workflow looks by itself from time to time. */
    void wake(AgentClient client, List<Known> packages) {
        if (!packages.isEmpty()) {
            Caller server = server(client);
            packages.forEach(one -> workflows.resume(client.organization(), server, one.workflow()));
        }
    }

    /** The server was set back, and what the agent had been told is stored is gone. */
    void missing(AgentClient client) {
        findings.open(
                client.organization(),
                server(client),
                Severity.HIGH,
                "agent.receipts-missing",
                Agents.subject(client.agent()));
    }

    /** The agent was shown a log that does not continue what it had seen: forked, set back, or signed by somebody else. */
    void logRefused(AgentClient client) {
        findings.open(
                client.organization(),
                server(client),
                Severity.CRITICAL,
                "agent.log-refused",
                Agents.subject(client.agent()));
    }
}
