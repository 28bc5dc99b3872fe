package dev.nuxari.server.agents;

import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.Delivery;
import dev.nuxari.server.agents.LogHeads.Head;
import dev.nuxari.server.agents.MessageStore.Standing;
import dev.nuxari.server.agents.MessageStore.Undelivered;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.time.Duration;
import java.time.Instant;
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

    /** Whether there is something for it. */
    boolean isAwaited(AgentClient client, Question question) {
        Standing standing = standing(client);
        if (standing.sequence() < question.after()) {
            goOnAbove(client, question.after());
        }
        return standing.awaited();
    }

    Json.Obj answer(AgentClient client, Question question) {
        Caller caller = client.caller();
        Standing standing = standing(client);
        List<Undelivered> packages = standing.awaited() ? undelivered(client) : List.of();
        long needed = packages.stream().mapToLong(one -> one.eventIndex() + 1).reduce(question.seen(), Math::max);
        Head head = heads.atLeast(caller, needed);
        Instant tokenSince = standing.tokenSince();
        return Json.object(
                "v", 1,
                "serverTime", clock.instant(),
                "manifests", manifests(caller, head, question.keys()),
                "checkpoint", head.note().encoded(),
                "consistency", heads.consistency(caller, head, question.seen()),
                "deliveries",
                        packages.stream()
                                .map(one -> new Delivery(
                                                one.envelope(), heads.inclusion(caller, head, one.eventIndex()))
                                        .json())
                                .toList(),
                "rotateToken", tokenSince != null && keys.isOld(tokenSince));
    }

    /** Looked for only where the head came with newer ones. */
    private List<Json.Obj> manifests(Caller caller, Head head, int known) {
        return known < head.keys() ? keys.manifestsAfter(caller, known) : List.of();
    }

    Json.Obj log(AgentClient client, long seen, int version) {
        Caller caller = client.caller();
        Head head = heads.atLeast(caller, seen);
        return Json.object(
                "v", 1,
                "checkpoint", head.note().encoded(),
                "consistency", heads.consistency(caller, head, seen),
                "manifests", manifests(caller, head, version));
    }

    /** A server that was set back to an earlier state goes on above what the agent has taken. */
    private void goOnAbove(AgentClient client, long after) {
        scope.run(
                client.organization(),
                client.caller(),
                () -> agents.lock(client.agent())
                        .filter(agent -> agent.sequence() < after)
                        .ifPresent(agent -> agents.setSequence(agent.id(), after)));
    }

    private Standing standing(AgentClient client) {
        return scope.reading(
                client.organization(), client.caller(), () -> messages.standing(client.agent(), clock.instant()));
    }

    private List<Undelivered> undelivered(AgentClient client) {
        return scope.reading(
                client.organization(),
                client.caller(),
                () -> messages.undelivered(client.agent(), clock.instant(), MOST));
    }
}
