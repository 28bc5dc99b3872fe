package dev.nuxari.server.agents;

import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.Observations;
import dev.nuxari.protocol.agent.SummaryKind;
import dev.nuxari.server.agents.Receipts.Taken;
import dev.nuxari.server.agents.TwoHosts.Sign;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Takes what agents have seen on their hosts: the last of each source, in the closed words of the protocol. */
@Service
class ObservationDesk {
    private static final int MOST_SOURCES = 50;

    private final OrganizationScope scope;
    private final AgentStore agents;
    private final MessageStore messages;
    private final TwoHosts twoHosts;
    private final AfterReceipts after;
    private final AgentChanges changes;
    private final InstantSource clock;

    ObservationDesk(
            OrganizationScope scope,
            AgentStore agents,
            MessageStore messages,
            TwoHosts twoHosts,
            AfterReceipts after,
            AgentChanges changes,
            InstantSource clock) {
        this.scope = scope;
        this.agents = agents;
        this.messages = messages;
        this.twoHosts = twoHosts;
        this.after = after;
        this.changes = changes;
        this.clock = clock;
    }

    /** Numbers may have gaps. */
    Taken take(AgentClient client, List<Json.Obj> envelopes) {
        List<SignedMessage<Observations>> observations = envelopes.stream()
                .map(envelope ->
                        SignedMessage.open(envelope, client.key(), Observations.PAYLOAD_TYPE, Observations::parse))
                .toList();
        long before = 0;
        for (SignedMessage<Observations> one : observations) {
            if (!isOf(client, one.content()) || one.content().number() <= before) {
                throw SignedMessage.refused("Observations are this agent's own, and come in order.");
            }
            before = one.content().number();
        }
        Taken taken = scope.within(client.organization(), client.caller(), () -> store(client, observations));
        if (taken instanceof Taken.Reused) {
            twoHosts.report(after.server(client), client.agent(), Sign.NUMBER_REUSED);
        } else if (observations.stream().anyMatch(one -> refusesTheLog(one.content()))) {
            after.logRefused(client);
        }
        return taken;
    }

    private static boolean refusesTheLog(Observations observations) {
        return observations.summaries().stream()
                .filter(summary -> summary.kind() == SummaryKind.AGENT_HEALTH)
                .anyMatch(summary -> summary.values().string("log").equals("refused"));
    }

    private static boolean isOf(AgentClient client, Observations one) {
        return one.organization().equals(client.organization())
                && one.agent().equals(client.agent().value());
    }

    private Taken store(AgentClient client, List<SignedMessage<Observations>> observations) {
        long known = agents.lockObservations(client.agent());
        long newest = known;
        Optional<OwnWord> said = Optional.empty();
        for (SignedMessage<Observations> one : observations) {
            long number = one.content().number();
            if (number <= known) {
                if (isOther(client, one)) {
                    return new Taken.Reused(number);
                }
                continue;
            }
            put(client, one);
            newest = number;
            Optional<OwnWord> word = OwnWord.in(one.content());
            said = word.isPresent() ? word : said;
        }
        if (newest > known) {
            agents.setObservations(client.agent(), newest);
            said.ifPresent(word -> changes.take(client, word));
        }
        return new Taken.Stored(newest, false, List.of());
    }

    /** Only the last of each source is there to compare with. */
    private boolean isOther(AgentClient client, SignedMessage<Observations> one) {
        return messages.observationHash(client.agent(), one.content().number())
                .filter(hash -> !hash.equals(one.hash()))
                .isPresent();
    }

    private void put(AgentClient client, SignedMessage<Observations> one) {
        MessageStore.Sources sources =
                messages.sources(client.agent(), one.content().source());
        if (!sources.known() && sources.count() >= MOST_SOURCES) {
            throw SignedMessage.refused("An agent has at most %d sources.".formatted(MOST_SOURCES));
        }
        messages.put(one.content(), one.envelope(), one.hash(), clock.instant());
    }
}
