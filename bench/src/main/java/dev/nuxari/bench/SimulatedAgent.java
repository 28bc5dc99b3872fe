package dev.nuxari.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.bench.Conversation.Answer;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.protocol.DsseEnvelope;
import dev.nuxari.protocol.agent.ActionPackage;
import dev.nuxari.protocol.agent.AgentProof;
import dev.nuxari.protocol.agent.Cosignature;
import dev.nuxari.protocol.agent.Delivery;
import dev.nuxari.protocol.agent.Receipt;
import dev.nuxari.protocol.agent.Receipt.Ending;
import dev.nuxari.protocol.agent.Receipt.Outcome;
import dev.nuxari.protocol.agent.Summary;
import dev.nuxari.protocol.agent.SummaryKind;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.Ed25519PrivateKey;
import dev.nuxari.transparency.SignedNote;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * An agent that says what the program says, in the same order and with the same pauses, and does nothing: it proves each request with its
 * key, waits for packages, sends receipts, and cosigns what it is shown of the log.
 */
final class SimulatedAgent implements Runnable {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final byte[] NOTHING = {};
    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration COSIGNED_FOR = Duration.ofMinutes(1);
    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(10);
    private static final int UNAUTHORIZED = 401;

    private final Member member;
    private final OrganizationId organization;
    private final URI server;
    private final Tally tally;
    private final Conversation conversation;
    private Optional<String> nonce = Optional.empty();
    private Instant cosignedAt = Instant.EPOCH;
    private String cosigned = "";
    private long seen;
    private long taken;
    private long receipts;
    private int failures;

    SimulatedAgent(Member member, OrganizationId organization, URI server, Tally tally) {
        this.member = member;
        this.organization = organization;
        this.server = server;
        this.tally = tally;
        this.conversation = new Conversation(server);
        this.seen = member.seen();
    }

    /** An agent that the server knows, and the size of the log when it was enrolled. */
    record Member(UUID id, String token, Ed25519PrivateKey key, long seen, int keys) {}

    /** The server answered that it does not do this now. */
    private static final class SaidNo extends IOException {
        private static final long serialVersionUID = 1L;

        private final Duration retryAfter;

        SaidNo(Answer answer) {
            super("answered " + answer.status());
            this.retryAfter = Duration.ofSeconds(
                    Long.parseLong(answer.header("retry-after").orElse("0")));
        }
    }

    void cut() {
        conversation.cut();
    }

    @Override
    public void run() {
        try {
            while (true) {
                attempt();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt() throws InterruptedException {
        try {
            turn();
            failures = 0;
        } catch (SaidNo e) {
            tally.count(String.valueOf(e.getMessage()));
            Thread.sleep(pause(e.retryAfter));
        } catch (IOException e) {
            tally.count(e.getClass().getSimpleName());
            Thread.sleep(pause(Duration.ZERO));
        }
    }

    /** As the program's {@code Backoff} has it. */
    private Duration pause(Duration told) {
        var random = ThreadLocalRandom.current();
        long bounded = Math.min(1000L << Math.min(failures, 10), LONGEST_BACKOFF.toMillis());
        failures++;
        long own = bounded / 2 + random.nextLong(bounded / 2 + 1);
        return Duration.ofMillis(Math.max(own, told.toMillis() + random.nextLong(told.toMillis() / 4 + 1)));
    }

    private void turn() throws IOException {
        String query =
                "packages?wait=%d&seen=%d&keys=%d&after=%d".formatted(WAIT.toSeconds(), seen, member.keys(), taken);
        Json.Obj answer = ask("GET", query, NOTHING, PATIENCE.plus(WAIT));
        Instant now = CLOCK.instant();
        for (Json.Obj delivery : answer.objects("deliveries")) {
            take(new Delivery(delivery.member("package"), delivery.strings("inclusionProof")), now);
        }
        SignedNote note = SignedNote.parse(answer.string("checkpoint"));
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        seen = checkpoint.size();
        tally.count("answers");
        cosign(note, checkpoint);
    }

    private void take(Delivery delivery, Instant now) throws IOException {
        DsseEnvelope envelope = DsseEnvelope.parse((Json.Obj) delivery.envelope());
        ActionPackage order = ActionPackage.parse(Json.parseObject(new String(envelope.payloadBytes(), UTF_8)));
        if (order.sequence() <= taken) {
            return;
        }
        tally.delivered(Duration.between(order.notBefore(), now));
        taken = order.sequence();
        receipts++;
        Instant at = now.truncatedTo(ChronoUnit.MILLIS);
        var state =
                Optional.of(Summary.of(SummaryKind.FILE_MODE, "present", true, "mode", 493, "owner", 0, "group", 0));
        var ending = new Ending(Outcome.UNCHANGED, Optional.empty(), state, state, at, at);
        var receipt = new Receipt(
                organization, member.id(), receipts, at, delivery.hash(), Optional.of(order.packageId()), ending);
        post(
                "receipts",
                Json.object(
                        "v",
                        1,
                        "receipts",
                        Json.array(receipt.sign(member.key()).json())));
    }

    private void cosign(SignedNote note, Checkpoint checkpoint) throws IOException {
        Instant now = CLOCK.instant();
        if (note.text().equals(cosigned) || now.isBefore(cosignedAt.plus(COSIGNED_FOR))) {
            return;
        }
        var witness =
                Cosignature.of(checkpoint.origin(), member.id(), member.key().publicKey());
        post(
                "cosignatures",
                Json.object(
                        "v",
                        1,
                        "checkpoint",
                        witness.sign(note, member.key(), now).encoded()));
        cosigned = note.text();
        cosignedAt = now;
        tally.count("cosignatures");
    }

    private void post(String path, Json.Obj body) throws IOException {
        ask("POST", path, body.canonicalBytes(), PATIENCE);
    }

    private Json.Obj ask(String method, String path, byte[] body, Duration patience) throws IOException {
        Answer answer = send(method, path, body, patience);
        Optional<String> asked = answer.header("dpop-nonce");
        if (answer.status() == UNAUTHORIZED && asked.isPresent() && !asked.equals(nonce)) {
            nonce = asked;
            answer = send(method, path, body, patience);
        }
        if (answer.status() >= 300) {
            throw new SaidNo(answer);
        }
        return Json.parseObject(answer.body());
    }

    private Answer send(String method, String path, byte[] body, Duration patience) throws IOException {
        URI address = server.resolve("/agent/v1/" + path);
        String proof = AgentProof.make(
                member.key(), new AgentProof.Request(method, address, member.token()), CLOCK.instant(), nonce);
        String head = method + " /agent/v1/" + path + " HTTP/1.1\r\nHost: " + address.getAuthority()
                + "\r\nAuthorization: DPoP " + member.token()
                + "\r\nDPoP: " + proof
                + "\r\nAccept: application/json, application/problem+json"
                + (body.length == 0 ? "" : "\r\nContent-Type: application/json\r\nContent-Length: " + body.length)
                + "\r\n\r\n";
        return conversation.ask(head, body, patience);
    }
}
