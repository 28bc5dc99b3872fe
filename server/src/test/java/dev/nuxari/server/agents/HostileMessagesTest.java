package dev.nuxari.server.agents;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.DsseEnvelope;
import dev.nuxari.protocol.agent.ActionPackage;
import dev.nuxari.protocol.agent.Cosignature;
import dev.nuxari.protocol.agent.Delivery;
import dev.nuxari.protocol.agent.Observations;
import dev.nuxari.protocol.agent.Receipt;
import dev.nuxari.protocol.agent.Receipt.Ending;
import dev.nuxari.protocol.agent.Receipt.Outcome;
import dev.nuxari.protocol.agent.Rejection;
import dev.nuxari.server.agents.AgentGround.Host;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestOrganization;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.NoteSignature;
import dev.nuxari.transparency.SignedNote;
import dev.nuxari.transparency.StrictBase64;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A host that was taken over, with its agent's key and token: what it can say, and what comes of it. */
@ServerTest
@Claim({"E4", "T4"})
class HostileMessagesTest {
    private static final String UNKNOWN = "0".repeat(64);

    @Autowired
    TestHttp http;

    @Autowired
    ManualClock clock;

    @SuppressWarnings("NullAway.Init")
    private AgentGround ground;

    @SuppressWarnings("NullAway.Init")
    private Host host;

    @BeforeEach
    void givenAnAgent() {
        ground = new AgentGround(http, clock, TestOrganization.fresh());
        host = ground.enrolled();
    }

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private Ending ended(Outcome outcome) {
        return new Ending(outcome, Optional.empty(), Optional.empty(), Optional.empty(), now(), now());
    }

    private static DsseEnvelope rejection(Host by, long number) {
        return by.receipt(number, UNKNOWN, null, Ending.rejected(Rejection.UNSIGNED));
    }

    private Delivery delivered() {
        Json.Obj first = host.packages(60, 0).json().objects("deliveries").getFirst();
        return new Delivery(first.object("package"), first.strings("inclusionProof"));
    }

    private static UUID idOf(Delivery delivery) {
        byte[] payload = DsseEnvelope.parse((Json.Obj) delivery.envelope()).payloadBytes();
        return ActionPackage.parse(Json.parseObject(new String(payload, UTF_8))).packageId();
    }

    @Test
    void whatItSaysOfAnOrderThatNobodyGaveMovesNothing() {
        Json.Obj ordered = ground.ordered(host);

        assertThat(host.receipts(host.receipt(1, UNKNOWN, UUID.randomUUID(), ended(Outcome.CHANGED)))
                        .status())
                .isEqualTo(200);

        assertThat(ground.owner()
                        .get("/workflows/" + ordered.string("workflowId"))
                        .json()
                        .string("state"))
                .isEqualTo("awaiting-approval");
        assertThat(host.shown().objects("receipts").getFirst().has("packageId")).isFalse();
    }

    @Test
    @Claim("A3")
    void secondWordOnAnOrderIsInTheLogAndChangesNothing() {
        Json.Obj ordered = ground.granted(host);
        Delivery delivery = delivered();
        host.receipts(host.receipt(1, delivery.hash(), idOf(delivery), ended(Outcome.CHANGED)));
        ground.awaitState(ordered, "completed");

        assertThat(host.receipts(host.receipt(2, delivery.hash(), idOf(delivery), ended(Outcome.INTERRUPTED)))
                        .status())
                .isEqualTo(200);
        assertThat(host.receipts(host.receipt(1, delivery.hash(), idOf(delivery), ended(Outcome.UNCHANGED)))
                        .problem())
                .isEqualTo("receipt-number-reused");

        ground.awaitState(ordered, "completed");
        assertThat(host.shown().objects("packages").getFirst().string("outcome"))
                .isEqualTo("changed");
        assertThat(ground.events()).contains("agent-package.execute failed");
    }

    @Test
    void nothingOfARequestIsTakenIfOneOfItIsNotItsOwn() {
        Host other = ground.enrolled();

        assertThat(host.receipts(rejection(host, 1), rejection(other, 2)).problem())
                .isEqualTo("agent-message-refused");
        assertThat(host.receipts(rejection(host, 1), rejection(host, 3)).problem())
                .isEqualTo("agent-message-refused");
        assertThat(host.receipts(rejection(host, 2), rejection(host, 1)).problem())
                .isEqualTo("agent-message-refused");
        assertThat(host.observations(host.health(1, "1"), host.health(1, "1")).problem())
                .isEqualTo("agent-message-refused");
        assertThat(host.observations(host.health(1, "1"), other.health(2, "1")).problem())
                .isEqualTo("agent-message-refused");
        DsseEnvelope[] many = new DsseEnvelope[33];
        Arrays.setAll(many, i -> rejection(host, i + 1));
        assertThat(host.receipts(many).problem()).isEqualTo("agent-message-refused");
        assertThat(host.shown().objects("receipts")).isEmpty();
        assertThat(host.shown().objects("observations")).isEmpty();
    }

    /** Signed by the agent, and not as its protocol spells it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"at\":\"+999999999-12-31T23:59:59.999Z\"}",
                "{\"at\":\"-0001-01-01T00:00:00.000Z\"}",
                "{\"at\":\"2026-11-28T10:00:00Z\"}",
                "{\"number\":0}",
                "{\"number\":1.5}",
                "{\"v\":2}",
                "{\"outcome\":\"granted\"}",
                "{\"outcome\":\"changed\"}",
                "{\"reason\":\"because\"}",
                "{\"reason\":null}",
                "{\"packageHash\":\"x\"}",
                "{\"packageId\":\"00000000-0000-0000-0000-00000000000g\"}",
                "{\"before\":{\"kind\":\"file-mode\",\"values\":{\"present\":true,\"text\":\"raw\"}}}",
                "{\"before\":{\"kind\":\"poem\",\"values\":{}}}",
                "{\"startedAt\":\"2026-11-28T10:00:00.000Z\"}",
                "{\"more\":1}"
            })
    void receiptInOtherWordsIsNotTaken(String change) {
        Json.Obj payload = new Receipt(
                        ground.organization().id(),
                        host.id(),
                        1,
                        now(),
                        UNKNOWN,
                        Optional.empty(),
                        Ending.rejected(Rejection.UNSIGNED))
                .json();
        for (var member : Json.parseObject(change).members().entrySet()) {
            payload = payload.with(member.getKey(), member.getValue());
        }
        DsseEnvelope signed = DsseEnvelope.sign(Receipt.PAYLOAD_TYPE, payload, host.thumbprint(), host.key()::sign);

        assertThat(host.receipts(signed).problem()).isEqualTo("agent-message-refused");
    }

    /** The years that a time can be written in are all stored. */
    @Test
    void wildestTimesOfAReceiptAreNoDefect() {
        List<DsseEnvelope> receipts = new ArrayList<>();
        for (String at : List.of("0000-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z")) {
            receipts.add(new Receipt(
                            ground.organization().id(),
                            host.id(),
                            receipts.size() + 1,
                            Instant.parse(at),
                            UNKNOWN,
                            Optional.empty(),
                            Ending.rejected(Rejection.UNSIGNED))
                    .sign(host.key()));
        }

        assertThat(host.receipts(receipts.toArray(DsseEnvelope[]::new)).status())
                .isEqualTo(200);
        assertThat(ground.owner().get("/agents/" + host.id()).status()).isEqualTo(200);
    }

    @Test
    void oneHostDoesNotFillTheLog() {
        beyondTheWalls()
                .sql("""
                INSERT INTO agent_receipt (organization_id, agent_id, number, receipt_hash, envelope, package_hash, outcome, at,
                                           received_at)
                SELECT ?, ?, n, repeat('0', 64), '{}', repeat('0', 64), 'rejected', ?, ?
                FROM generate_series(1, 1999) n
                """)
                .params(
                        ground.organization().id().value(),
                        host.id(),
                        java.sql.Timestamp.from(now()),
                        java.sql.Timestamp.from(now()))
                .update();
        beyondTheWalls()
                .sql("UPDATE agent SET receipts = 1999 WHERE agent_id = ?")
                .param(host.id())
                .update();

        DsseEnvelope last = rejection(host, 2_000);
        assertThat(host.receipts(last).status()).isEqualTo(200);
        assertThat(host.receipts(rejection(host, 2_001)).problem()).isEqualTo("rate-limited");
        assertThat(host.receipts(last).status()).as("sent again").isEqualTo(200);
        clock.advance(Duration.ofHours(1));
        assertThat(host.receipts(rejection(host, 2_001)).status()).isEqualTo(200);
    }

    @Test
    void observationOfMoreThanItMayHaveIsNotTaken() {
        List<Json> many = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            many.add(Json.object(
                    "kind",
                    "host-membership",
                    "values",
                    Json.object("account", "a".repeat(64), "group", "b".repeat(64))));
        }
        Json.Obj payload = Json.object(
                        "v",
                        1,
                        "organizationId",
                        ground.organization().id(),
                        "agentId",
                        host.id(),
                        "number",
                        1,
                        "at",
                        now(),
                        "source",
                        "x",
                        "sourceVersion",
                        1,
                        "complete",
                        true)
                .with("summaries", many);
        assertThat(host.observations(signed(payload)).status()).isEqualTo(200);

        many.add(many.getFirst());
        assertThat(host.observations(signed(payload.with("number", 2).with("summaries", many)))
                        .problem())
                .isEqualTo("agent-message-refused");
    }

    private DsseEnvelope signed(Json.Obj observations) {
        return DsseEnvelope.sign(Observations.PAYLOAD_TYPE, observations, host.thumbprint(), host.key()::sign);
    }

    @Test
    void sourcesOfAnAgentAreBounded() {
        for (int i = 0; i < 50; i += 5) {
            DsseEnvelope[] some = new DsseEnvelope[5];
            for (int j = 0; j < some.length; j++) {
                some[j] = from("source-" + (i + j), i + j + 1);
            }
            assertThat(host.observations(some).status()).isEqualTo(200);
        }

        assertThat(host.observations(from("one-more", 51)).problem()).isEqualTo("agent-message-refused");
        assertThat(host.observations(from("source-7", 51)).status()).isEqualTo(200);
    }

    private DsseEnvelope from(String source, long number) {
        return new Observations(ground.organization().id(), host.id(), number, now(), source, 1, true, List.of())
                .sign(host.key());
    }

    private Answer cosigned(SignedNote note) {
        return host.post("/agent/v1/cosignatures", Json.object("v", 1, "checkpoint", note.encoded()));
    }

    private static SignedNote checkpoint(Host of) {
        return SignedNote.parse(of.get("/agent/v1/log?seen=0&keys=1").json().string("checkpoint"));
    }

    private Cosignature witness(String origin) {
        return Cosignature.of(origin, host.id(), host.key().publicKey());
    }

    @Test
    @Claim("V2")
    void cosignatureOfAnotherLogOrByAnotherIsNotTaken() {
        SignedNote ours = checkpoint(host);
        String origin = Checkpoint.parse(ours.text()).origin();
        SignedNote theirs = checkpoint(new AgentGround(http, clock, TestOrganization.fresh()).enrolled());
        Host colleague = ground.enrolled();
        Cosignature other =
                Cosignature.of(origin, colleague.id(), colleague.key().publicKey());
        byte[] wrong = new byte[76];
        System.arraycopy(java.util.HexFormat.of().parseHex(keyId(witness(origin))), 0, wrong, 0, 4);

        for (SignedNote note : List.of(
                witness(origin).sign(theirs, host.key(), clock.instant()),
                other.sign(ours, colleague.key(), clock.instant()),
                other.sign(ours, host.key(), clock.instant()),
                ours.with(new NoteSignature(witness(origin).name(), StrictBase64.encode(wrong))))) {
            assertThat(cosigned(note).problem()).isEqualTo("agent-message-refused");
        }
        assertThat(ground.findings()).isEmpty();
    }

    private static String keyId(Cosignature witness) {
        return witness.encoded().split("\\+", -1)[1];
    }

    @Test
    @Claim("V2")
    void cosignatureOfNoTimeIsNotTaken() {
        SignedNote ours = checkpoint(host);
        Cosignature witness = witness(Checkpoint.parse(ours.text()).origin());

        assertThat(cosigned(witness.sign(ours, host.key(), Instant.MAX)).problem())
                .isEqualTo("agent-message-refused");
        assertThat(cosigned(witness.sign(ours, host.key(), Instant.EPOCH)).status())
                .isEqualTo(200);
    }

    /** Else a few agents could make the note too large, or too long, for whoever verifies it. */
    @Test
    @Claim("V2")
    void nothingButItsCosignatureIsShownToOthers() {
        SignedNote ours = checkpoint(host);
        Cosignature witness = witness(Checkpoint.parse(ours.text()).origin());
        NoteSignature ballast = new NoteSignature(witness.name(), StrictBase64.encode(new byte[500_000]));

        assertThat(cosigned(witness.sign(ours, host.key(), clock.instant()).with(ballast))
                        .status())
                .isEqualTo(200);

        SignedNote shown = SignedNote.parse(ground.owner()
                .get("/log/" + ground.organization().id() + "/checkpoint?witnesses=1")
                .body());
        assertThat(witness.verify(shown)).isPresent();
        assertThat(shown.signatures()).hasSize(2).doesNotContain(ballast);
    }
}
