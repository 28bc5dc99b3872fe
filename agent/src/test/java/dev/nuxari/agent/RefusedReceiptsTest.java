package dev.nuxari.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.agent.action.Actions;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.DsseEnvelope;
import dev.nuxari.protocol.agent.ActionPackage;
import dev.nuxari.protocol.agent.ActionType;
import dev.nuxari.protocol.agent.Receipt;
import dev.nuxari.protocol.agent.Receipt.Ending;
import dev.nuxari.protocol.agent.Receipt.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a host has to say, and its server will not hear. */
@Claim("E4")
class RefusedReceiptsTest {
    private final Actions actions = Actions.ofThisHost();

    @TempDir
    private Path home;

    private PlatformServer server;
    private EnrolledAgent agent;
    private Path file;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final InstantSource clock = InstantSource.fixed(now);

    @BeforeEach
    void enrol() throws Exception {
        home = home.toRealPath();
        file = Files.writeString(Files.createDirectory(home.resolve("app")).resolve("config"), "x");
        EnrolledAgent.allow(home, """
                {"v":1,"maximumPlanAgeDays":30,"actions":[{"type":"file-mode.set","limits":{}}]}""");
        server = new PlatformServer();
        server.clock = clock::instant;
        agent = EnrolledAgent.enrol(home, server, actions, clock);
    }

    @AfterEach
    void stop() {
        agent.close();
        server.close();
    }

    private void restart() throws IOException {
        agent.close();
        agent = EnrolledAgent.start(home, actions, clock);
    }

    private ActionPackage send(long mode, long sequence) {
        Json.Obj plan = server.platform.plan(
                server.agent, ActionType.FILE_MODE_SET, Json.object("path", file.toString(), "mode", mode), now);
        ActionPackage order = server.platform.order(plan, sequence, now);
        server.send(order);
        return order;
    }

    private String mode() throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private List<Outcome> outcomes() {
        return server.endings().stream().map(Ending::outcome).toList();
    }

    private Json.Obj putAside(long number) throws IOException {
        Path file = agent.folder.refusedReceipts().resolve("%019d".formatted(number));
        return agent.folder.require(DurableFile.secret(file), now);
    }

    private String status() throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        boolean good =
                new StatusReport(agent.folder, EnrolledAgent.policy(home), new PrintStream(said, true, UTF_8)).print();
        return (good ? "good\n" : "bad\n") + said.toString(UTF_8);
    }

    /** Else it would keep all receipts behind it away, and all orders. */
    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 409, 413, 422})
    void receiptThatIsNeverTakenIsPutAsideAndTheNextGoesOn(int status) throws Exception {
        assertThat(status()).startsWith("good");
        server.refusesReceipts = status;
        server.refusedReceipts = Set.of(2L);
        ActionPackage refused = null;
        for (int sequence = 1; sequence <= 3; sequence++) {
            ActionPackage order = send(0600 + sequence, sequence);
            refused = sequence == 2 ? order : refused;
        }

        agent.turn();

        assertThat(server.receipts).containsOnlyKeys(1L, 3L);
        assertThat(agent.ledger.memory().waiting()).isEmpty();
        Json.Obj kept = putAside(2);
        assertThat(kept.string("why")).contains(status + " (/problems/agent-message-refused)");
        Receipt receipt = Receipt.parse(Json.parseObject(
                new String(DsseEnvelope.parse(kept.object("envelope")).payloadBytes(), UTF_8)));
        assertThat(receipt.packageId()).contains(Objects.requireNonNull(refused).packageId());
        assertThat(receipt.ending().outcome()).isEqualTo(Outcome.CHANGED);
        assertThat(status()).startsWith("bad").contains("1 receipts the server will never take", "" + status);

        restart();
        send(0640, 4);
        agent.turn();
        assertThat(mode()).as("orders go on").isEqualTo("rw-r-----");
        assertThat(server.receipts).containsKey(4L);
        assertThat(putAside(2)).as("evidence").isEqualTo(kept);
    }

    /** Whoever refuses everything fills no disk, and nothing is lost either. */
    @Test
    void withTooManyOfThemItStandsStill() throws Exception {
        Path folder = Files.createDirectory(agent.folder.refusedReceipts());
        for (int i = 1; i <= RefusedReceipts.MOST; i++) {
            Files.createFile(folder.resolve("%019d".formatted(1_000_000 + i)));
        }
        server.refusedReceipts = Set.of(1L);
        send(0640, 1);

        assertThatThrownBy(agent::turn).isInstanceOf(Server.SaidNo.class);

        assertThat(agent.ledger.memory().waiting()).hasSize(1);
    }

    /** What may be taken tomorrow is kept for tomorrow; also what a proxy on the way refuses, who is not the server. */
    @ParameterizedTest
    @CsvSource({
        "401, /problems/unauthenticated",
        "408, /problems/timeout",
        "425, /problems/early",
        "429, /problems/rate-limited",
        "500, /problems/internal",
        "503, /problems/unavailable",
        "403, ''",
        "404, ''"
    })
    void receiptThatMayBeTakenTomorrowWaits(int status, String problem) throws Exception {
        server.refusesReceipts = status;
        server.problemOfReceipts = problem;
        server.refusedReceipts = Set.of(1L);
        send(0640, 1);

        assertThatThrownBy(agent::turn).isInstanceOf(Server.SaidNo.class);
        assertThat(agent.ledger.memory().waiting()).hasSize(1);
        assertThat(agent.folder.refusedReceipts()).doesNotExist();

        server.refusedReceipts = Set.of();
        agent.turn();
        assertThat(outcomes()).containsExactly(Outcome.CHANGED);
    }

    /** Two hosts have this key, or this one was set back: it stands still until somebody has looked. */
    @Test
    @Claim("E2")
    void numberThatBelongsToAnotherReceiptStopsEverything() throws Exception {
        server.refusesReceipts = 409;
        server.problemOfReceipts = "https://nuxari.example/problems/receipt-number-reused";
        server.refusedReceipts = Set.of(1L);
        send(0640, 1);
        assertThatThrownBy(agent::turn).hasMessageContaining("receipt-number-reused");
        send(0600, 2);

        assertThatThrownBy(agent::turn).hasMessageContaining("receipt-number-reused");

        assertThat(mode()).isEqualTo("rw-r-----");
        assertThat(agent.ledger.memory().waiting()).hasSize(1);
        assertThat(agent.folder.refusedReceipts()).doesNotExist();
    }
}
