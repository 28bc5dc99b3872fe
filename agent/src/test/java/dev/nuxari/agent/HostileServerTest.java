package dev.nuxari.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.agent.action.Actions;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.UuidV7;
import dev.nuxari.protocol.DsseEnvelope;
import dev.nuxari.protocol.KeyName;
import dev.nuxari.protocol.SigningKey;
import dev.nuxari.protocol.agent.ActionPackage;
import dev.nuxari.protocol.agent.ActionType;
import dev.nuxari.protocol.agent.Assertion;
import dev.nuxari.protocol.agent.Delivery;
import dev.nuxari.protocol.agent.PlatformInHand;
import dev.nuxari.protocol.agent.Receipt.Ending;
import dev.nuxari.protocol.agent.Receipt.Outcome;
import dev.nuxari.protocol.agent.SoftAuthenticator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server has been taken over, with all that is on it: the keys of the log, of actions and manifests, the database, every plan and every
 * assertion that was ever made. It answers the agent as it likes.
 */
@Claim("V3")
class HostileServerTest {
    private final Actions actions = Actions.ofThisHost();
    private final SoftAuthenticator ann = SoftAuthenticator.es256("ann");
    private final SoftAuthenticator ben = SoftAuthenticator.ed25519("ben");

    @TempDir
    private Path home;

    private PlatformServer server;
    private EnrolledAgent agent;
    private Path file;
    private Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private long sequence;

    @BeforeEach
    void enrol() throws Exception {
        home = home.toRealPath();
        file = Files.writeString(Files.createDirectory(home.resolve("app")).resolve("config"), "x");
        reset();
        InstantSource clock = () -> now;
        server = new PlatformServer();
        server.clock = clock::instant;
        agent = EnrolledAgent.enrol(home, server, actions, clock);
        EnrolledAgent.allow(
                home,
                Json.object(
                                "v",
                                1,
                                "maximumPlanAgeDays",
                                30,
                                "actions",
                                List.of(Json.object(
                                        "type",
                                        "file-mode.set",
                                        "limits",
                                        Json.object(
                                                "path",
                                                Json.object(
                                                        "below",
                                                        List.of(home.resolve("app")
                                                                .toString()))))),
                                "approvals",
                                Json.object(
                                        "needed",
                                        2,
                                        "relyingPartyId",
                                        SoftAuthenticator.RELYING_PARTY,
                                        "origins",
                                        List.of(SoftAuthenticator.ORIGIN),
                                        "approvers",
                                        List.of(pinned("ann", ann), pinned("ben", ben))))
                        .canonical());
    }

    private static Json.Obj pinned(String person, SoftAuthenticator authenticator) {
        return Json.object("id", person, "credentials", List.of(authenticator.pinned()));
    }

    @AfterEach
    void stop() {
        agent.close();
        server.close();
    }

    private void reset() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    }

    private boolean hasActed() throws IOException {
        return !PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                .equals("rw-rw-rw-");
    }

    private Json.Obj plan(long mode) {
        return server.platform.plan(
                server.agent, ActionType.FILE_MODE_SET, Json.object("path", file.toString(), "mode", mode), now);
    }

    private ActionPackage order(Json.Obj plan, Assertion... assertions) {
        sequence++;
        return ActionPackage.parse(server.platform
                .order(plan, sequence, now)
                .json()
                .with(
                        "approverAssertions",
                        Stream.of(assertions).map(Assertion::json).toList()));
    }

    private String answerTo(ActionPackage order) throws Exception {
        server.send(order);
        agent.turn();
        Ending ending = server.endings().getLast();
        return ending.reason().orElse(ending.outcome().toString());
    }

    private static PlanHash hash(Json.Obj plan) {
        return PlatformInHand.hash(plan);
    }

    @Test
    void withBothSignaturesItIsDone() throws Exception {
        Json.Obj plan = plan(0640);

        assertThat(answerTo(order(plan, ann.sign(hash(plan)), ben.sign(hash(plan)))))
                .isEqualTo("CHANGED");
        assertThat(hasActed()).isTrue();
    }

    @Test
    void allKeysOfThePlatformAreNotEnough() throws Exception {
        assertThat(answerTo(order(plan(0640)))).isEqualTo("assertions-missing");
        assertThat(hasActed()).isFalse();
    }

    @Test
    void oneOfTheTwoIsNotEnough() throws Exception {
        Json.Obj plan = plan(0640);
        SoftAuthenticator own = SoftAuthenticator.es256("ben");

        assertThat(answerTo(order(plan, ann.sign(hash(plan))))).isEqualTo("assertions-missing");
        assertThat(answerTo(order(plan, ann.sign(hash(plan)), ann.sign(hash(plan)))))
                .isEqualTo("assertions-missing");
        assertThat(answerTo(order(plan, ann.sign(hash(plan)), own.sign(hash(plan)))))
                .as("a key that the server has made under ben's id")
                .isEqualTo("assertions-missing");
        assertThat(hasActed()).isFalse();
    }

    @Test
    void signaturesOfAnotherPlanAreOfNoUse() throws Exception {
        Json.Obj signed = plan(0640);
        Json.Obj wanted = plan(0777);

        assertThat(answerTo(order(wanted, ann.sign(hash(signed)), ben.sign(hash(signed)))))
                .isEqualTo("assertions-missing");
        Json.Obj beside = order(signed, ann.sign(hash(signed)), ben.sign(hash(signed)))
                .json()
                .with(
                        "action",
                        Json.object(
                                "type",
                                "file-mode.set",
                                "parameters",
                                Json.object("path", file.toString(), "mode", 0777)));
        assertThat(answerTo(ActionPackage.parse(beside))).isEqualTo("action-not-the-step");
        assertThat(hasActed()).isFalse();
    }

    @Test
    void whatTheySignedOnceIsDoneOnce() throws Exception {
        Json.Obj plan = plan(0640);
        Assertion[] both = {ann.sign(hash(plan)), ben.sign(hash(plan))};
        assertThat(answerTo(order(plan, both))).isEqualTo("CHANGED");
        reset();

        assertThat(answerTo(order(plan, both))).isEqualTo("step-done");
        now = now.plus(Duration.ofDays(29));
        assertThat(answerTo(order(plan, both))).isEqualTo("step-done");
        now = now.plus(Duration.ofDays(2));
        assertThat(answerTo(order(plan, both))).isEqualTo("plan-too-old");
        assertThat(hasActed()).isFalse();
    }

    @Test
    void whatTheySignedForAnotherHostIsNotDoneHere() throws Exception {
        Json.Obj theirs = server.platform.plan(
                UuidV7.at(now), ActionType.FILE_MODE_SET, Json.object("path", file.toString(), "mode", 0640), now);
        Json.Obj payload = order(theirs, ann.sign(hash(theirs)), ben.sign(hash(theirs)))
                .json()
                .with("agentId", server.agent);

        assertThat(answerTo(ActionPackage.parse(payload))).isEqualTo("action-not-the-step");
        assertThat(hasActed()).isFalse();
    }

    @Test
    void serverWithoutAnyKeyHasNothingDone() throws Exception {
        SigningKey own = SigningKey.generate(server.platform.organization(), KeyName.ACTION, PlatformInHand.FOUNDED);
        EnrolledAgent.allow(home, """
                {"v":1,"maximumPlanAgeDays":30,"actions":[{"type":"file-mode.set","limits":{}}]}""");
        ActionPackage order = order(plan(0640));
        Json.Obj right = server.platform.deliver(order).envelope() instanceof Json.Obj object ? object : Json.object();
        DsseEnvelope unsigned = new DsseEnvelope(ActionPackage.PAYLOAD_TYPE, right.string("payload"), List.of());
        List<String> proof = server.platform.inclusion(order.eventIndex());
        for (Json envelope : List.of(
                order.sign(own).json(),
                unsigned.json(),
                right.with("payload", unsigned.payload().replaceFirst("^e", "f")),
                Json.of("do it"),
                Json.object())) {
            server.deliveries.add(new Delivery(envelope, proof));
        }
        server.platform.append(Json.object("history", "another"));

        agent.turn();

        assertThat(server.endings()).isNotEmpty().allMatch(ending -> ending.outcome() == Outcome.REJECTED);
        assertThat(hasActed()).isFalse();
    }

    @Test
    void answersThatAreNoAnswersHaveNothingDone() throws Exception {
        server.send(order(plan(0640)));
        Json.Obj good = server.packages("packages?seen=1");
        for (Json.Obj answer : List.of(
                Json.object(),
                good.without("checkpoint"),
                good.with("deliveries", "all of them"),
                good.with("deliveries", List.of("all of them")),
                good.with("manifests", List.of(Json.object("v", 3))),
                good.with("serverTime", "now"),
                good.with("consistency", List.of(1)))) {
            server.wholeAnswer = Optional.of(answer);
            try {
                agent.turn();
            } catch (IOException | RuntimeException _) {
                // Whatever it does about it, it goes on afterwards.
            }
        }
        assertThat(hasActed()).isFalse();

        server.wholeAnswer = Optional.empty();
        Json.Obj plan = plan(0640);
        assertThat(answerTo(order(plan, ann.sign(hash(plan)), ben.sign(hash(plan)))))
                .isEqualTo("CHANGED");
    }
}
