package dev.nuxari.server.agents;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Page;
import dev.nuxari.server.agents.Agent.Health;
import dev.nuxari.server.agents.TokenStore.Enrolment;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.findings.Finding;
import dev.nuxari.server.findings.Findings;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/** How the agents of an organization are, for whoever looks. Everybody who may see agents may see findings. */
@Service
class Fleet {
    private final OrganizationScope scope;
    private final AgentStore store;
    private final TokenStore tokens;
    private final MessageStore messages;
    private final Findings findings;
    private final InstantSource clock;

    Fleet(
            OrganizationScope scope,
            AgentStore store,
            TokenStore tokens,
            MessageStore messages,
            Findings findings,
            InstantSource clock) {
        this.scope = scope;
        this.store = store;
        this.tokens = tokens;
        this.messages = messages;
        this.findings = findings;
        this.clock = clock;
    }

    /** An agent as it stands in the list, by the time it was looked at. */
    record Standing(Agent agent, Optional<Health> health, long inFlight, List<AgentWarning> warnings) {}

    /** By name. */
    Page<Standing> list(OrganizationId organization, Caller caller, AgentFilter filter, PageRequest page) {
        Instant now = clock.instant();
        return scope.reading(organization, caller, () -> {
            Page<Agent> found = Page.cut(
                    store.list(filter, now, page.afterId(), page.rows()),
                    page.limit(),
                    agent -> agent.id().toString());
            return new Page<>(standing(caller, found.items(), now), found.nextCursor());
        });
    }

    /** Three statements, however many they are. */
    private List<Standing> standing(Caller caller, List<Agent> agents, Instant now) {
        List<AgentId> ids = agents.stream().map(Agent::id).toList();
        Map<AgentId, Long> inFlight = messages.inFlight(ids, now);
        Map<AgentId, Json.Obj> health = messages.health(ids);
        Map<String, List<Finding>> found = about(caller, ids).stream().collect(Collectors.groupingBy(Finding::subject));
        return agents.stream()
                .map(agent -> new Standing(
                        agent,
                        agent.health(now),
                        inFlight.getOrDefault(agent.id(), 0L),
                        AgentWarning.of(
                                agent,
                                Optional.ofNullable(health.get(agent.id())),
                                found.getOrDefault(Agents.subject(agent.id()), List.of()))))
                .toList();
    }

    private List<Finding> about(Caller caller, List<AgentId> ids) {
        return findings.about(
                caller.organization(), caller, ids.stream().map(Agents::subject).toList());
    }

    /** An agent with what is worth showing of it. */
    record Dossier(
            Standing standing,
            List<Finding> findings,
            List<Enrolment> enrolments,
            List<MessageStore.Sent> packages,
            List<MessageStore.Received> receipts,
            List<MessageStore.Observed> observations) {}

    Optional<Dossier> show(OrganizationId organization, Caller caller, AgentId id) {
        return scope.reading(organization, caller, () -> store.find(id).map(agent -> dossier(caller, agent)));
    }

    private Dossier dossier(Caller caller, Agent agent) {
        AgentId id = agent.id();
        return new Dossier(
                standing(caller, List.of(agent), clock.instant()).getFirst(),
                about(caller, List.of(id)),
                tokens.enrolments(id),
                messages.packages(id),
                messages.receipts(id),
                messages.observations(id));
    }
}
