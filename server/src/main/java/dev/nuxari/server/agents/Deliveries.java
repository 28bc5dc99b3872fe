package dev.nuxari.server.agents;

import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.Delivery;
import dev.nuxari.server.agents.LogHeads.Head;
import dev.nuxari.server.agents.MessageStore.Undelivered;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.springframework.stereotype.Service;

/** What an agent is handed: its packages, and how the log and the keys went on. */
@Service
class Deliveries {
    private static final int MOST = 16;

    private final OrganizationScope scope;
    private final AgentStore agents;
    private final MessageStore messages;
    private final HostEnrolments keys;
    private final LogHeads heads;
    private final InstantSource clock;

    Deliveries(
            OrganizationScope scope,
            AgentStore agents,
            MessageStore messages,
            HostEnrolments keys,
            LogHeads heads,
            InstantSource clock) {
        this.scope = scope;
        this.agents = agents;
        this.messages = messages;
        this.keys = keys;
        this.heads = heads;
        this.clock = clock;
    }

    /**
     * What an agent has, and how long it waits for more.
     *
     * @param patience how long it waits
     * @param seen the size of its checkpoint
     * @param keys the version of its manifest
     * @param after the highest sequence that it has taken
     */
    record Question(Duration patience, long seen, int keys, long after) {}

    /** Whether there is something for it. One statement: most agents ask in vain. */
    boolean isAwaited(AgentClient client) {
        return scope.reading(
                client.organization(),
                client.caller(),
                () -> !undelivered(client).isEmpty());
    }

    Json.Obj answer(AgentClient client, Question question) {
        Caller caller = client.caller();
        List<Undelivered> packages = scope.reading(client.organization(), caller, () -> undelivered(client));
        long needed = packages.stream().mapToLong(one -> one.eventIndex() + 1).reduce(question.seen(), Math::max);
        Head head = heads.atLeast(caller, needed);
        return Json.object(
                "v", 1,
                "serverTime", clock.instant(),
                "manifests", keys.manifestsAfter(caller, question.keys()),
                "checkpoint", head.note().encoded(),
                "consistency", heads.consistency(caller, head, question.seen()),
                "deliveries",
                        packages.stream()
                                .map(one -> new Delivery(
                                                one.envelope(), heads.inclusion(caller, head, one.eventIndex()))
                                        .json())
                                .toList(),
                "rotateToken", keys.isTokenOld(client));
    }

    Json.Obj log(AgentClient client, long seen, int version) {
        Caller caller = client.caller();
        Head head = heads.atLeast(caller, seen);
        return Json.object(
                "v", 1,
                "checkpoint", head.note().encoded(),
                "consistency", heads.consistency(caller, head, seen),
                "manifests", keys.manifestsAfter(caller, version));
    }

    /** A server that was set back to an earlier state goes on above what the agent has taken. */
    void goOnAbove(AgentClient client, long after) {
        boolean behind = scope.reading(client.organization(), client.caller(), () -> agents.find(client.agent()))
                .filter(agent -> agent.sequence() < after)
                .isPresent();
        if (behind) {
            scope.run(
                    client.organization(),
                    client.caller(),
                    () -> agents.lock(client.agent())
                            .filter(agent -> agent.sequence() < after)
                            .ifPresent(agent -> agents.setSequence(agent.id(), after)));
        }
    }

    private List<Undelivered> undelivered(AgentClient client) {
        return messages.undelivered(client.agent(), clock.instant(), MOST);
    }
}
