package dev.nuxari.agent;

import dev.nuxari.agent.Server.Question;
import dev.nuxari.agent.release.ReleaseFolder;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.protocol.agent.Delivery;
import dev.nuxari.protocol.agent.LogJudgement;
import dev.nuxari.protocol.agent.LogJudgement.Continued;
import dev.nuxari.protocol.agent.Summary;
import dev.nuxari.protocol.agent.SummaryKind;
import dev.nuxari.transparency.SignedNote;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Fetch, verify, execute, report: one turn after another, whatever the network and the server do. */
final class AgentLoop {
    private static final Logger LOGGER = System.getLogger(AgentLoop.class.getName());
    private static final Duration SHORTEST_TURN = Duration.ofMillis(500);
    private static final Duration HEALTH = Duration.ofMinutes(15);
    private static final int MOST_DELIVERIES = 16;
    private static final long SKEW_SECONDS = 60;

    /** With the second version it says what it would do as well. */
    private static final int HEALTH_VERSION = 2;

    private final Parts parts;
    private final Duration wait;
    private final InstantSource clock;
    private Instant healthAt = Instant.EPOCH;
    private String said = "";
    private long clockDifference;
    private boolean confirmed;
    private boolean looked;

    /** What the loop puts to work. */
    record Parts(
            Session session,
            Ledger ledger,
            Reporting reporting,
            Witness witness,
            Orders orders,
            ObservationQueue observations,
            PolicyFile policy,
            Capabilities capabilities,
            Watch watch,
            OfferedPacks packs,
            ReleaseFolder releases,
            DurableFile contact,
            Stop stop) {}

    /** Waits at the server for so long before it asks again. */
    AgentLoop(Parts parts, Duration wait, InstantSource clock) {
        this.parts = parts;
        this.wait = wait;
        this.clock = clock;
    }

    /** Goes on until the end is wanted, the thread is interrupted, or {@link #isRestartDue}. */
    void run(Backoff backoff) {
        try {
            while (!isRestartDue() && !parts.stop().isWanted()) {
                parts.stop().sleep(attempt(backoff));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether another process has to go on: the next release, or this one without the limits of a trial. */
    boolean isRestartDue() {
        return confirmed || parts.orders().isRestartDue();
    }

    /** One turn; says how long to leave the server alone afterwards. */
    private Duration attempt(Backoff backoff) throws InterruptedException {
        try {
            long begin = System.nanoTime();
            turn();
            backoff.succeeded();
            note("");
            // A server that does not let us wait is not asked all the time.
            return SHORTEST_TURN.minusNanos(System.nanoTime() - begin);
        } catch (Stop.GivenUp e) {
            return Duration.ZERO;
        } catch (Server.SaidNo refused) {
            return failed(backoff.failed(refused.retryAfter()), refused);
        } catch (IOException e) {
            return failed(backoff.failed(Duration.ZERO), e);
        } catch (RuntimeException e) {
            LOGGER.log(Level.ERROR, "A turn ended in a defect", e);
            return failed(backoff.failed(Duration.ZERO), e);
        }
    }

    private Duration failed(Duration pause, Exception why) {
        String reason = String.valueOf(why.getMessage());
        LOGGER.log(Level.WARNING, "No turn: {0}; the next one in {1} ms", reason, pause.toMillis());
        note(reason);
        return pause;
    }

    /** For whoever asks for the agent's status; nothing rests on it. */
    private void note(String failure) {
        try {
            parts.contact()
                    .write(Json.object("at", clock.instant(), "failure", failure, "clockDifference", clockDifference));
        } catch (IOException e) {
            LOGGER.log(Level.DEBUG, "The contact could not be noted", e);
        }
    }

    /** Everything once, in the order in which one thing rests on the other. */
    void turn() throws IOException, InterruptedException {
        parts.orders().recover();
        observeOneself();
        report();
        giveBack();
        if (parts.session().isTokenOld()) {
            parts.session().renew();
        }
        boolean trial = parts.releases().isOnTrial();
        Json.Obj answer = parts.session().ask(packages(trial ? Duration.ZERO : wait));
        try {
            read(answer);
        } catch (JsonException | DateTimeException e) {
            throw new IOException("the answer is not of this protocol: " + e.getMessage(), e);
        }
        if (trial) {
            checkedIn();
        }
        report();
        cosign();
        parts.packs().ask(parts.session(), clock.instant());
        observeHost();
    }

    /** A release that is being tried has had its whole turn with the server: it stays, and says so. */
    private void checkedIn() throws IOException {
        parts.releases().confirm();
        parts.orders().recover();
        confirmed = true;
    }

    private Question packages(Duration wait) {
        Memory memory = parts.ledger().memory();
        String query = "packages?wait=" + wait.toSeconds()
                + "&seen=" + memory.checkpoint().size()
                + "&keys=" + memory.keys().version()
                + "&after=" + memory.sequence();
        return Question.get(query).waiting(wait);
    }

    private void read(Json.Obj answer) throws IOException, InterruptedException {
        Instant theirs = Instant.parse(answer.string("serverTime"));
        clockDifference = Duration.between(clock.instant(), theirs).toSeconds();
        if (Math.abs(clockDifference) > SKEW_SECONDS) {
            LOGGER.log(Level.WARNING, "The server''s clock differs by {0} s; ours counts.", clockDifference);
        }
        LogJudgement log = parts.witness().see(answer);
        List<Json.Obj> deliveries = answer.objects("deliveries");
        for (Json.Obj delivery : deliveries.subList(0, Math.min(deliveries.size(), MOST_DELIVERIES))) {
            if (!parts.stop().isWanted()
                    && !parts.orders().isFull()
                    && !parts.orders().isBusy()) {
                parts.orders()
                        .handle(new Delivery(delivery.member("package"), delivery.strings("inclusionProof")), log);
            }
        }
        if (answer.bool("rotateToken")) {
            parts.session().renew();
        }
        if (!(log instanceof Continued)) {
            report();
            throw new IOException("the log is not what it was: see the alarm");
        }
    }

    private void report() throws IOException, InterruptedException {
        parts.reporting().send();
        List<Json.Obj> seen = parts.observations().next();
        if (!seen.isEmpty()) {
            observed(seen);
        }
    }

    /** What was seen is worth less than orders: what the server will never take does not keep the agent from asking for them. */
    private void observed(List<Json.Obj> seen) throws IOException, InterruptedException {
        try {
            parts.session().ask(Question.post("observations", Json.object("v", 1, "observations", seen)));
            parts.observations().taken(seen);
        } catch (Server.SaidNo refused) {
            if (!refused.isOfTheMessage()) {
                throw refused;
            }
            LOGGER.log(Level.WARNING, "Observations were refused and are dropped: {0}", refused.getMessage());
            parts.observations().refused(seen);
        }
    }

    private void cosign() throws IOException, InterruptedException {
        Optional<SignedNote> cosigned = parts.witness().cosign();
        if (cosigned.isPresent()) {
            SignedNote note = cosigned.get();
            parts.session().ask(Question.post("cosignatures", Json.object("v", 1, "checkpoint", note.encoded())));
            parts.witness().hasCosigned(note);
        }
    }

    /** After all else: orders do not wait for it, and what was seen goes with the next turn. */
    private void observeHost() throws IOException, InterruptedException {
        Optional<Watch.Seen> seen = parts.watch().next(clock.instant(), parts.stop());
        if (seen.isPresent()) {
            parts.observations()
                    .add(seen.get().source(), seen.get().version(), seen.get().summaries());
            looked = true;
        }
    }

    /**
     * What a look at the host took goes back to it when what was seen has been sent: a heap that has grown shrinks at a full collection only, and
     * an agent that waits does not come to one by itself.
     */
    private void giveBack() {
        if (looked) {
            looked = false;
            System.gc();
        }
    }

    /** From time to time, and as soon as there is something else to say of what it would do. */
    private void observeOneself() throws IOException {
        Instant now = clock.instant();
        PolicyFile.Answer policy = parts.policy().read();
        List<String> capable = parts.capabilities().under(policy.policy());
        String standing = policy.spelled() + capable;
        if (standing.equals(said) && Duration.between(healthAt, now).abs().compareTo(HEALTH) < 0) {
            return;
        }
        Stream<Summary> summaries = Stream.concat(
                Stream.of(health(policy)),
                capable.stream().map(action -> Summary.of(SummaryKind.AGENT_CAPABILITY, "action", action)));
        parts.observations().add("agent-health", HEALTH_VERSION, summaries.toList());
        healthAt = now;
        said = standing;
    }

    private Summary health(PolicyFile.Answer policy) {
        Memory memory = parts.ledger().memory();
        return Summary.of(
                SummaryKind.AGENT_HEALTH,
                "version",
                NuxariAgent.VERSION,
                "policy",
                policy.spelled(),
                "log",
                memory.isForked() ? "refused" : "followed",
                "actions",
                policy.policy().size(),
                "waitingReceipts",
                memory.waiting().size(),
                "droppedObservations",
                parts.observations().dropped(),
                "clockDifference",
                clockDifference);
    }
}
