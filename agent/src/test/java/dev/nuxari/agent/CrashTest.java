package dev.nuxari.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.UuidV7;
import dev.nuxari.protocol.agent.ActionPackage;
import dev.nuxari.protocol.agent.ActionType;
import dev.nuxari.protocol.agent.Delivery;
import dev.nuxari.protocol.agent.PlatformInHand;
import dev.nuxari.protocol.agent.Receipt;
import dev.nuxari.protocol.agent.Receipt.Outcome;
import dev.nuxari.transparency.Ed25519PrivateKey;
import dev.nuxari.transparency.StrictBase64;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Claim("E4")
class CrashTest {
    private static final int ORDERS = 150;
    private static final UUID AGENT = UuidV7.at(PlatformInHand.FOUNDED);

    private final PlatformInHand platform = new PlatformInHand();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @TempDir
    private Path home;

    private TouchedFiles files;

    @BeforeEach
    void prepare() throws IOException {
        home = home.toRealPath();
        files = new TouchedFiles(home.resolve("begun"));
        Files.createDirectory(home.resolve("app"));
        EnrolledAgent.allow(home, """
                {"v":1,"maximumPlanAgeDays":30,"actions":[{"type":"file-mode.set","limits":{}}]}""");
        AgentFolder folder = AgentFolder.at(home.resolve("agent"));
        Ed25519PrivateKey key = Ed25519PrivateKey.generate(new SecureRandom());
        folder.key().write(Json.object("v", 1, "ed25519", StrictBase64.encode(key.seed())));
        folder.state()
                .write(Memory.first(platform.organization(), AGENT, platform.manifest(), platform.checkpoint())
                        .json());
        List<ActionPackage> orders =
                IntStream.rangeClosed(1, ORDERS).mapToObj(this::order).toList();
        Files.writeString(
                home.resolve("sent"),
                Json.object(
                                "keys",
                                platform.manifest().json(),
                                "checkpoint",
                                platform.checkpoint().encoded(),
                                "deliveries",
                                orders.stream()
                                        .map(platform::deliver)
                                        .map(Delivery::json)
                                        .toList())
                        .canonical());
    }

    private ActionPackage order(int number) {
        String path = home.resolve("app").resolve("file-" + number).toString();
        Json.Obj plan = platform.plan(AGENT, ActionType.FILE_MODE_SET, Json.object("path", path, "mode", 0), now);
        return platform.order(plan, number, now);
    }

    private Process start(String... before) throws IOException {
        return OtherProcess.of(KilledAgent.class, home, before)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(home.resolve("errors").toFile())
                .start();
    }

    private Memory memory() throws IOException {
        AgentFolder folder = new AgentFolder(home.resolve("agent"));
        return Memory.parse(folder.require(folder.state(), now));
    }

    private List<Receipt> receipts() throws IOException {
        return memory().waiting().stream()
                .map(envelope -> Receipt.parse(Json.parseObject(new String(envelope.payloadBytes(), UTF_8))))
                .toList();
    }

    @Test
    void killedAtAnyMomentItDoesEverythingOnceAndForgetsNothing() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int kills = 0;
        int status = -1;
        while (status != 0) {
            int begun = files.all().size();
            Process process = start();
            while (files.all().size() == begun && !process.waitFor(5, TimeUnit.MILLISECONDS)) {}
            if (kills < 12 && !process.waitFor(random.nextInt(120), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                kills++;
            }
            status = process.waitFor();
        }

        assertThat(kills).as("seed %d", seed).isGreaterThan(3);
        assertThat(files.all()).as("at most once, seed %d", seed).doesNotHaveDuplicates();
        assertThat(receipts())
                .as("seed %d", seed)
                .hasSize(ORDERS)
                .extracting(Receipt::packageId)
                .doesNotHaveDuplicates();
        assertThat(receipts().stream().map(Receipt::number))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, ORDERS).mapToObj(Long::valueOf).toList());
        assertThat(receipts()).allMatch(this::saysWhatIsThere, "says what is there");
        assertThat(memory().running()).isEmpty();
    }

    /** Whoever was interrupted before the deed says so; everybody else has done it. */
    private boolean saysWhatIsThere(Receipt receipt) {
        Outcome outcome = receipt.ending().outcome();
        boolean present = receipt.ending().after().orElseThrow().values().bool("present");
        return present
                ? outcome == Outcome.CHANGED || outcome == Outcome.RESOLVED_BY_OBSERVATION
                : outcome == Outcome.INTERRUPTED;
    }

    @Test
    void fullDiskStopsItBeforeTheDeed() throws Exception {
        List<Integer> ends = new ArrayList<>();
        for (int kilobytes : List.of(24, 40, 56)) {
            Process process = start("bash", "-c", "ulimit -f %d; exec \"$@\"".formatted(kilobytes), "-");
            ends.add(process.waitFor());
            Memory memory = memory();

            assertThat(files.all())
                    .as("whatever was begun is written down")
                    .hasSize(receipts().size() + memory.running().map(_ -> 1).orElse(0));
        }
        assertThat(ends).containsOnly(KilledAgent.DISK_FULL);

        Process process = start();
        assertThat(process.waitFor()).isZero();
        assertThat(files.all()).doesNotHaveDuplicates().hasSize(ORDERS);
        assertThat(receipts()).hasSize(ORDERS);
    }

    @Test
    void corruptStateIsPutAsideAndNothingIsDone() throws Exception {
        AgentFolder folder = new AgentFolder(home.resolve("agent"));
        String written = Files.readString(folder.state().path());
        byte[] bytes = written.replace("\"sequence\":0", "\"sequence\":9").getBytes(UTF_8); // good JSON, and a lie
        assertThat(bytes).isNotEqualTo(written.getBytes(UTF_8));
        Files.write(folder.state().path(), bytes);

        for (String message : List.of("was corrupt", "is missing")) {
            Process process = start();
            assertThat(process.waitFor()).isNotZero();
            assertThat(Files.readString(home.resolve("errors")))
                    .contains(message)
                    .contains("enrol this host again");
        }
        assertThat(files.all()).isEmpty();
        try (Stream<Path> left = Files.list(folder.path())) {
            Optional<Path> aside = left.filter(path -> path.toString().contains("state.corrupt"))
                    .findFirst();
            assertThat(Files.readAllBytes(aside.orElseThrow())).isEqualTo(bytes);
        }
    }
}
