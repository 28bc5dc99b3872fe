package dev.nuxari.server.agents;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.ProblemException;
import dev.nuxari.protocol.Located;
import dev.nuxari.protocol.agent.ValueType;
import dev.nuxari.server.agents.Agent.Host;
import dev.nuxari.server.agents.Deliveries.Question;
import dev.nuxari.server.agents.HostEnrolments.Introduction;
import dev.nuxari.server.agents.Receipts.Taken;
import dev.nuxari.server.agents.WaitingAgents.Place;
import dev.nuxari.server.api.ApiProblem;
import dev.nuxari.server.api.InvalidField;
import dev.nuxari.server.api.Turns;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/** The agents' side. It is described in {@code docs/formats/agent.md}, and not with the rest of the interface. */
@Hidden
@RestController
@RequestMapping("/agent/v1")
class AgentProtocolController {
    /** Where agents wait. */
    static final String PACKAGES = "/agent/v1/packages";

    private static final String AGENT = "dev.nuxari.server.agents.AgentClient";
    private static final String HOST = "dev.nuxari.server.agents.EnrollingHost";
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9.-]{1,253}");
    private static final int LONGEST_WAIT = 60;
    private static final int MOST_RECEIPTS = 32;
    private static final int MOST_OBSERVATIONS = 8;

    /** Sequences go on above what an agent says, and stay what every reader of JSON can read. */
    private static final long LARGEST = 1L << 52;

    private static final Duration GRACE = Duration.ofSeconds(30);

    private final HostEnrolments enrolments;
    private final Deliveries deliveries;
    private final WaitingAgents waiting;
    private final Receipts receipts;
    private final ObservationDesk observations;
    private final Witnesses witnesses;
    private final Turns turns;
    private final TwoHosts twoHosts;

    AgentProtocolController(
            HostEnrolments enrolments,
            Deliveries deliveries,
            WaitingAgents waiting,
            Receipts receipts,
            ObservationDesk observations,
            Witnesses witnesses,
            Turns turns,
            TwoHosts twoHosts) {
        this.enrolments = enrolments;
        this.deliveries = deliveries;
        this.waiting = waiting;
        this.receipts = receipts;
        this.observations = observations;
        this.witnesses = witnesses;
        this.turns = turns;
        this.twoHosts = twoHosts;
    }

    @GetMapping("/keys")
    Json showAgentKeys(
            @RequestAttribute(HOST) EnrollingHost host, @RequestParam(required = false) @Nullable Integer keys) {
        return enrolments.keys(host, keys == null ? OptionalInt.empty() : OptionalInt.of(keys));
    }

    @PostMapping("/enroll")
    @ResponseStatus(HttpStatus.CREATED)
    Json enrolAgent(@RequestAttribute(HOST) EnrollingHost host, @RequestBody Json.Obj body) {
        Introduction introduction = read(body, AgentProtocolController::introduction);
        return switch (enrolments.enrol(host, introduction)) {
            case HostEnrolments.Ruling.Enrolled enrolled ->
                Json.object(
                        "v", 1,
                        "agentId", enrolled.agent().value(),
                        "organizationId", host.organization(),
                        "token", enrolled.token().text(),
                        "serverTime", enrolled.at());
            case HostEnrolments.Ruling.TooLate _ ->
                throw new ProblemException(ApiProblem.UNAUTHENTICATED, "The enrolment token was used, or has ended.");
            case HostEnrolments.Ruling.KeyKnown(AgentId agent, TwoHosts.Sign sign) -> {
                twoHosts.report(host.caller(), agent, sign);
                throw new ProblemException(
                        AgentProblem.AGENT_KEY_KNOWN, "An agent has this key, or had it. Make another one.");
            }
        };
    }

    /** Waits without a thread of the container and without a turn; whoever is called takes a turn and looks. */
    @GetMapping("/packages")
    DeferredResult<Json> awaitPackages(
            @RequestAttribute(AGENT) AgentClient client,
            @RequestParam int wait,
            @RequestParam long seen,
            @RequestParam int keys,
            @RequestParam long after) {
        mustBeInBounds(wait, seen, keys, after);
        var question = new Question(Duration.ofSeconds(wait), seen, keys, after);
        var later = new DeferredResult<Json>(question.patience().plus(GRACE).toMillis());
        Optional<Place> free = wait == 0 ? Optional.empty() : waiting.take(client);
        if (free.isEmpty()) {
            boolean isAwaited = deliveries.isAwaited(client, question);
            if (wait > 0 && !isAwaited) {
                throw new ProblemException(ApiProblem.UNAVAILABLE, "Too many agents wait here.");
            }
            later.setResult(deliveries.answer(client, question));
            return later;
        }
        Place place = free.get();
        boolean waits = false;
        try {
            waits = !deliveries.isAwaited(client, question);
            if (waits) {
                Thread.ofVirtual().name("agent").start(() -> answerLater(client, question, place, later));
            } else {
                later.setResult(deliveries.answer(client, question));
            }
        } finally {
            if (!waits) {
                place.close();
            }
        }
        return later;
    }

    private static void mustBeInBounds(int wait, long seen, int keys, long after) {
        boolean asked = wait >= 0 && wait <= LONGEST_WAIT && keys >= 0;
        if (!asked || seen < 0 || seen > LARGEST || after < 0 || after > LARGEST) {
            throw new InvalidField("wait", "is a number from 0 to 60, and the others are not negative, nor too large");
        }
    }

    private void answerLater(AgentClient client, Question question, Place place, DeferredResult<Json> later) {
        WaitingAgents.Ended ended;
        try (place) {
            ended = place.await(spread(question.patience()));
        }
        switch (ended) {
            case CALLED -> answer(client, question, later, turns::takeForDelivery);
            case TIME_OVER -> answer(client, question, later, turns::takeForAgent);
            case NOBODY_WAITS ->
                later.setErrorResult(new ProblemException(
                        ApiProblem.UNAVAILABLE, "The agent has asked again, or the server stops."));
        }
    }

    private void answer(
            AgentClient client,
            Question question,
            DeferredResult<Json> later,
            Function<OrganizationId, Turns.Turn> turn) {
        try (Turns.Turn _ = turn.apply(client.organization())) {
            later.setResult(deliveries.answer(client, question));
        } catch (RuntimeException e) {
            later.setErrorResult(e);
        }
    }

    /** Agents that have begun together, after a restart, do not end together. */
    private static Duration spread(Duration wait) {
        long millis = wait.toMillis();
        return Duration.ofMillis(millis - ThreadLocalRandom.current().nextLong(millis / 10 + 1));
    }

    @GetMapping("/log")
    Json showAgentLog(@RequestAttribute(AGENT) AgentClient client, @RequestParam long seen, @RequestParam int keys) {
        if (seen < 0 || keys < 0) {
            throw new InvalidField("seen", "is a size, and keys a version: neither is negative");
        }
        return deliveries.log(client, seen, keys);
    }

    @PostMapping("/receipts")
    Json sendReceipts(@RequestAttribute(AGENT) AgentClient client, @RequestBody Json.Obj body) {
        return taken(receipts.take(client, read(body, json -> messages(json, "receipts", MOST_RECEIPTS))));
    }

    @PostMapping("/observations")
    Json sendObservations(@RequestAttribute(AGENT) AgentClient client, @RequestBody Json.Obj body) {
        return taken(observations.take(client, read(body, json -> messages(json, "observations", MOST_OBSERVATIONS))));
    }

    @PostMapping("/cosignatures")
    Json sendCosignature(@RequestAttribute(AGENT) AgentClient client, @RequestBody Json.Obj body) {
        witnesses.take(client, read(body, json -> {
            json.requireMembers("v", "checkpoint");
            return json.string("checkpoint");
        }));
        return Json.object("v", 1);
    }

    @PostMapping("/token")
    @ResponseStatus(HttpStatus.CREATED)
    Json issueAgentToken(@RequestAttribute(AGENT) AgentClient client, @RequestBody Json.Obj body) {
        read(body, json -> {
            json.requireMembers("v");
            return json;
        });
        return Json.object("v", 1, "token", enrolments.rotate(client).text());
    }

    private static Json taken(Taken taken) {
        return switch (taken) {
            case Taken.Stored stored -> Json.object("v", 1, "taken", stored.number());
            case Taken.Reused(long number) ->
                throw new ProblemException(
                        AgentProblem.RECEIPT_NUMBER_REUSED,
                        "Number %d belongs to another message: two hosts have this key, or this one was set back."
                                .formatted(number));
        };
    }

    /** All bodies are of version 1. */
    private static <T> T read(Json.Obj body, Function<Located, T> reader) {
        try {
            Located json = Located.root(body);
            if (json.integer("v") != 1) {
                throw json.refuse("v", "version 1 is read");
            }
            return reader.apply(json);
        } catch (JsonException e) {
            throw SignedMessage.refused("The body is not as the protocol has it: " + e.getMessage());
        }
    }

    private static List<Json.Obj> messages(Located json, String name, int most) {
        json.requireMembers("v", name);
        List<Json.Obj> messages =
                json.objects(name).stream().map(Located::value).toList();
        if (messages.size() > most) {
            throw json.refuse(name, "at most " + most);
        }
        return messages;
    }

    private static Introduction introduction(Located json) {
        json.requireMembers("v", "hostName", "version", "capabilities");
        var introduction =
                new Introduction(json.string("hostName"), json.string("version"), json.strings("capabilities"));
        var identifier = new ValueType.Identifier();
        boolean good = HOST_NAME.matcher(introduction.hostName()).matches()
                && identifier.admits(Json.of(introduction.version()))
                && introduction.capabilities().size() <= Host.MOST_CAPABILITIES
                && introduction.capabilities().stream().allMatch(type -> identifier.admits(Json.of(type)));
        if (!good) {
            throw json.refuse("hostName", "a host, a version or a capability is spelled otherwise");
        }
        return introduction;
    }
}
