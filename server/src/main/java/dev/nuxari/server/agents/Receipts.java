package dev.nuxari.server.agents;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.ProblemException;
import dev.nuxari.protocol.agent.Receipt;
import dev.nuxari.protocol.agent.Rejection;
import dev.nuxari.server.agents.MessageStore.Known;
import dev.nuxari.server.agents.TwoHosts.Sign;
import dev.nuxari.server.api.ApiProblem;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Outcome;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/**
 * Takes what agents say became of packages, each word once however often it is sent, and wakes the workflow that waits for it. What was
 * executed and what was rejected is in the log.
 */
@Service
class Receipts {
    /** Why an agent does not believe the log it is shown. */
    private static final Set<String> OF_THE_LOG = Stream.of(
                    Rejection.LOG_FORKED, Rejection.LOG_ROLLED_BACK, Rejection.LOG_UNPROVEN, Rejection.LOG_UNSIGNED)
            .map(Rejection::spelled)
            .collect(Collectors.toUnmodifiableSet());

    /** Each is an event of the log: one host that was taken over is not to fill it. */
    private static final int MOST_IN_AN_HOUR = 2_000;

    private static final Duration HOUR = Duration.ofHours(1);

    private final OrganizationScope scope;
    private final AgentStore agents;
    private final MessageStore messages;
    private final AuditLog audit;
    private final Redactor redactor;
    private final TwoHosts twoHosts;
    private final AfterReceipts after;
    private final InstantSource clock;

    Receipts(
            OrganizationScope scope,
            AgentStore agents,
            MessageStore messages,
            AuditLog audit,
            Redactor redactor,
            TwoHosts twoHosts,
            AfterReceipts after,
            InstantSource clock) {
        this.scope = scope;
        this.agents = agents;
        this.messages = messages;
        this.audit = audit;
        this.redactor = redactor;
        this.twoHosts = twoHosts;
        this.after = after;
        this.clock = clock;
    }

    /** What became of the receipts of one request. */
    sealed interface Taken {
        /**
         * They are stored.
         *
         * @param number the highest one
         */
        record Stored(long number, boolean gap, List<Known> packages) implements Taken {}

        /** A number belongs to another receipt; nothing is stored. */
        record Reused(long number) implements Taken {}
    }

    Taken take(AgentClient client, List<Json.Obj> envelopes) {
        List<SignedMessage<Receipt>> receipts = envelopes.stream()
                .map(envelope -> SignedMessage.open(envelope, client.key(), Receipt.PAYLOAD_TYPE, Receipt::parse))
                .toList();
        for (int i = 0; i < receipts.size(); i++) {
            Receipt receipt = receipts.get(i).content();
            boolean isNext = receipt.number() == receipts.getFirst().content().number() + i;
            if (!isOf(client, receipt) || !isNext) {
                throw SignedMessage.refused("Receipts are this agent's own, and come in order.");
            }
        }
        Taken taken = scope.within(client.organization(), client.caller(), () -> store(client, receipts));
        switch (taken) {
            case Taken.Reused _ -> twoHosts.report(after.server(client), client.agent(), Sign.NUMBER_REUSED);
            case Taken.Stored stored -> {
                if (stored.gap()) {
                    after.missing(client);
                }
                if (receipts.stream().anyMatch(receipt -> refusesTheLog(receipt.content()))) {
                    after.logRefused(client);
                }
                after.wake(client, stored.packages());
            }
        }
        return taken;
    }

    private static boolean refusesTheLog(Receipt receipt) {
        return receipt.ending().reason().filter(OF_THE_LOG::contains).isPresent();
    }

    private static boolean isOf(AgentClient client, Receipt receipt) {
        return receipt.organization().equals(client.organization())
                && receipt.agent().equals(client.agent().value());
    }

    private Taken store(AgentClient client, List<SignedMessage<Receipt>> receipts) {
        long known = agents.lock(client.agent()).orElseThrow().receipts();
        if (receipts.isEmpty()) {
            return new Taken.Stored(known, false, List.of());
        }
        long first = receipts.getFirst().content().number();
        long last = receipts.getLast().content().number();
        Map<Long, String> stored = messages.receiptHashes(client.agent(), first, last);
        List<Known> packages = new ArrayList<>();
        for (SignedMessage<Receipt> receipt : receipts) {
            long number = receipt.content().number();
            String before = stored.get(number);
            if (before != null && !before.equals(receipt.hash())) {
                return new Taken.Reused(number);
            }
            // One that fell into a gap is not taken later: nobody could tell it from one that was made later.
            if (before == null && number > known) {
                add(client, receipt).ifPresent(packages::add);
            }
        }
        if (last > known) {
            mustNotFlood(client);
            agents.setReceipts(client.agent(), last);
        }
        return new Taken.Stored(Math.max(known, last), first > known + 1, packages);
    }

    /** After they were added, so that none of them stays. */
    private void mustNotFlood(AgentClient client) {
        Instant hourAgo = clock.instant().minus(HOUR);
        boolean tooMany = messages.receivedBefore(client.agent(), MOST_IN_AN_HOUR)
                .filter(at -> at.isAfter(hourAgo))
                .isPresent();
        if (tooMany) {
            throw new ProblemException(
                    ApiProblem.RATE_LIMITED, "An agent has at most %d receipts in an hour.".formatted(MOST_IN_AN_HOUR));
        }
    }

    private Optional<Known> add(AgentClient client, SignedMessage<Receipt> message) {
        Receipt receipt = message.content();
        Instant now = clock.instant();
        Optional<Known> known = messages.byHash(client.agent(), receipt.packageHash());
        messages.add(receipt, message.envelope(), message.hash(), known.map(Known::id), now);
        audit.append(event(client, message, known));
        return known;
    }

    private AuditEvent event(AgentClient client, SignedMessage<Receipt> message, Optional<Known> known) {
        Receipt receipt = message.content();
        boolean rejected = receipt.ending().outcome() == Receipt.Outcome.REJECTED;
        Target target = known.map(one -> new Target("agent-package", one.id().value()))
                .orElseGet(() -> Agents.target(client.agent()));
        AuditEvent event = AuditEvent.of(
                        rejected ? AgentAction.AGENT_PACKAGE_REJECT : AgentAction.AGENT_PACKAGE_EXECUTE, target)
                .outcome(outcome(receipt.ending().outcome()))
                .metadata(redactor.redact(Json.object(
                                "number", receipt.number(),
                                "outcome", receipt.ending().outcome(),
                                "packageHash", receipt.packageHash(),
                                "receiptHash", message.hash())
                        .withPresent("reason", receipt.ending().reason().orElse(null))));
        return known.map(one -> event.under(one.approval(), one.plan())).orElse(event);
    }

    private static Outcome outcome(Receipt.Outcome outcome) {
        return switch (outcome) {
            case CHANGED, UNCHANGED, RESOLVED_BY_OBSERVATION -> Outcome.SUCCEEDED;
            case INTERRUPTED, FAILED -> Outcome.FAILED;
            case REJECTED -> Outcome.REFUSED;
        };
    }
}
