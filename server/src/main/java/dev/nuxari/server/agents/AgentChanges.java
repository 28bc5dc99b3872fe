package dev.nuxari.server.agents;

import dev.nuxari.kernel.Json;
import dev.nuxari.server.agents.Agent.Host;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.redaction.Redactor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.stereotype.Component;

/** Notes that an agent has become another one than it was: updated, or of a host that allows other things. */
@Component
class AgentChanges {
    /**
     * What is said sooner is taken when it is said again, a quarter of an hour later: each is an event of the log. No release comes so soon after
     * another one, nor after somebody has changed the host's policy.
     */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final AgentStore agents;
    private final AuditLog audit;
    private final Redactor redactor;
    private final InstantSource clock;

    AgentChanges(AgentStore agents, AuditLog audit, Redactor redactor, InstantSource clock) {
        this.agents = agents;
        this.audit = audit;
        this.redactor = redactor;
        this.clock = clock;
    }

    /** Within the scope in which its observations are stored, which has locked its row. */
    void take(AgentClient client, OwnWord word) {
        Host before = agents.find(client.agent()).flatMap(Agent::host).orElseThrow();
        List<String> capabilities = word.capabilities().orElse(before.capabilities());
        List<String> gained = without(capabilities, before.capabilities());
        List<String> lost = without(before.capabilities(), capabilities);
        if (word.version().equals(before.version()) && gained.isEmpty() && lost.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        if (agents.describe(client.agent(), word.version(), capabilities, now.minus(PAUSE), now)) {
            audit.append(AuditEvent.of(AgentAction.AGENT_CHANGE, Agents.target(client.agent()))
                    .metadata(redactor.redact(Json.object(
                            "version",
                            word.version(),
                            "versionBefore",
                            before.version(),
                            "gained",
                            gained,
                            "lost",
                            lost))));
        }
    }

    private static List<String> without(List<String> all, List<String> others) {
        return all.stream().filter(one -> !others.contains(one)).sorted().toList();
    }
}
