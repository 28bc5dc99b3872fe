package dev.nuxari.agent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.agent.action.Actions;
import dev.nuxari.agent.action.HostPrograms;
import dev.nuxari.agent.observe.Access;
import dev.nuxari.agent.observe.Collector;
import dev.nuxari.agent.observe.Configuration;
import dev.nuxari.agent.observe.HostFiles;
import dev.nuxari.agent.observe.Journal;
import dev.nuxari.agent.observe.Logins;
import dev.nuxari.agent.observe.Packages;
import dev.nuxari.agent.observe.RememberedPlace;
import dev.nuxari.agent.posture.PosturePack;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.DsseEnvelope;
import dev.nuxari.protocol.agent.Observations;
import dev.nuxari.protocol.agent.Summary;
import dev.nuxari.protocol.agent.SummaryKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the agent says of a host full of secrets, as the server reads it behind TLS. */
@Claim("E5")
class NothingRawLeavesTest {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/=._-@: ";
    private static final List<String> PLACES = List.of(
            "etc/passwd",
            "etc/shadow",
            "etc/group",
            "etc/sudoers",
            "etc/sudoers.d/ops",
            "etc/ssh/sshd_config",
            "etc/sysctl.d/local.conf",
            "etc/login.defs",
            "etc/pam.d/common-auth",
            "etc/apt/apt.conf.d/local",
            "etc/audit/rules.d/all.rules",
            "etc/crontab",
            "home/ann/.ssh/authorized_keys",
            "var/lib/dpkg/status",
            "var/log/auth.log");

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @TempDir
    private Path home;

    private PlatformServer server;

    @BeforeEach
    void begin() throws Exception {
        home = home.toRealPath();
        EnrolledAgent.allow(home, "{\"v\":1,\"maximumPlanAgeDays\":30,\"actions\":[]}");
        server = new PlatformServer();
        server.clock = () -> now;
        EnrolledAgent.enrol(home, server, Actions.ofThisHost(), InstantSource.fixed(now))
                .close();
    }

    @AfterEach
    void end() {
        server.close();
    }

    private static List<Collector> collectors() {
        Path none = Path.of("/nonexistent/journalctl");
        return List.of(
                new Access(),
                PosturePack.builtIn(),
                new Logins(new Journal(new HostPrograms(none), new RememberedPlace())),
                new Configuration(),
                new Packages());
    }

    private void put(String path, String text) throws IOException {
        Path file = home.resolve("host").resolve(path);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.write(file, text.getBytes(ISO_8859_1));
    }

    /** One collector looks per turn; what it saw goes with the next. */
    private String wire() throws Exception {
        String wire = wire(collectors());
        assertThat(server.observations)
                .extracting(Observations::source)
                .contains("linux-access", "linux-posture", "linux-logins", "linux-configuration", "linux-packages");
        return wire;
    }

    private String wire(List<Collector> collectors) throws Exception {
        try (EnrolledAgent agent = EnrolledAgent.watching(home, collectors, InstantSource.fixed(now))) {
            for (int i = 0; i <= collectors.size(); i++) {
                agent.turn();
            }
        }
        return server.bodies.stream().map(NothingRawLeavesTest::opened).collect(Collectors.joining("\n"))
                + String.join("\n", server.requests);
    }

    /** With what the envelopes hold beside the envelopes: base64 hides nothing. */
    private static String opened(String body) {
        StringBuilder all = new StringBuilder(body);
        if (!body.isEmpty()) {
            Json.Obj json = Json.parseObject(body);
            for (String list : List.of("observations", "receipts")) {
                if (json.has(list)) {
                    json.objects(list)
                            .forEach(envelope -> all.append('\n')
                                    .append(new String(
                                            DsseEnvelope.parse(envelope).payloadBytes(), UTF_8)));
                }
            }
        }
        return all.toString();
    }

    private static String noise(Random random, int length) {
        return IntStream.range(0, length)
                .mapToObj(_ -> String.valueOf(LETTERS.charAt(random.nextInt(LETTERS.length()))))
                .collect(Collectors.joining());
    }

    /** Lines that look like what is expected there, with long noise in every field that has room for it. */
    private static String lines(String path, Random random) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String one = noise(random, 66 + random.nextInt(200));
            String other = noise(random, 66 + random.nextInt(200));
            lines.add(
                    switch (path) {
                        case "etc/passwd" ->
                            "n%d:%s:%d:%d:%s:/home/ann:%s"
                                    .formatted(
                                            i,
                                            other.replace(":", ""),
                                            i,
                                            i,
                                            one.replace(":", ""),
                                            one.replace(":", ""));
                        case "etc/shadow" -> "n%d:%s:1:0:9:7:::".formatted(i, one.replace(":", ""));
                        case "etc/group" ->
                            "%s:%s:%d:%s,%s".formatted(one.replace(":", ""), "x", i, other.replace(":", ""), "n1");
                        case "etc/sudoers", "etc/sudoers.d/ops" ->
                            i % 2 == 0
                                    ? "%s ALL=(%s) NOPASSWD: %s".formatted(one, other, one)
                                    : "Defaults %s=%s".formatted(one, other);
                        default -> line(path, i, one, other);
                    });
        }
        return String.join("\n", lines) + "\n";
    }

    private static String line(String path, int i, String one, String other) {
        return switch (path) {
            case "home/ann/.ssh/authorized_keys" -> "ssh-ed25519 %s %s".formatted(one, other);
            case "var/lib/dpkg/status" ->
                "Package: %s\nStatus: install ok installed\nVersion: 1%s\n"
                        .formatted(i % 2 == 0 ? one : "p" + i, i % 2 == 0 ? "" : other);
            case "var/log/auth.log" -> "Nov 28 host sshd[1]: Accepted password for %s from %s".formatted(one, other);
            default -> "%s = %s".formatted(one, other);
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nothingLongerThanAnIdentifierIsOnTheWire(long seed) throws Exception {
        List<String> raw = noisyHost(new Random(seed));

        String wire = wire();

        SentPieces sent = SentPieces.of(wire, server.observations);
        assertThat(SentPieces.lines(raw)).noneMatch(sent::has);
    }

    private List<String> noisyHost(Random random) throws IOException {
        List<String> raw = new ArrayList<>();
        for (String place : PLACES) {
            String text = lines(place, random);
            put(place, text);
            raw.add(text);
        }
        put("etc/" + noise(random, 70).replace('/', '.').strip(), "x");
        return raw;
    }

    /** Ways out of a host that the closed schema leaves to a collector that is not honest. */
    enum Leak {
        PIECES {
            @Override
            String written(String line) {
                return line.replaceAll("[^A-Za-z0-9._@:+-]", "");
            }
        },
        HEXADECIMAL {
            @Override
            String written(String line) {
                return HexFormat.of().formatHex(line.getBytes(ISO_8859_1));
            }
        },
        BASE_64 {
            @Override
            String written(String line) {
                return Base64.getUrlEncoder().withoutPadding().encodeToString(line.getBytes(ISO_8859_1));
            }
        };

        abstract String written(String line);
    }

    /** Says what stands in a file of secrets, in pieces that are identifiers. */
    private record Leaking(Leak way) implements Collector {
        @Override
        public String source() {
            return "leak";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public Duration every() {
            return Duration.ofHours(1);
        }

        @Override
        public List<Summary> look(HostFiles files, Instant at) throws IOException {
            List<Summary> said = new ArrayList<>();
            for (String line : files.lines("/etc/shadow").subList(0, 3)) {
                String rest = way.written(line);
                while (!rest.isEmpty()) {
                    // The first character of an identifier is none of these.
                    String piece = rest.substring(0, Math.min(40, rest.length()));
                    said.add(Summary.of(SummaryKind.SSH_UNREAD, "account", "_" + piece));
                    rest = rest.substring(piece.length());
                }
            }
            return said;
        }
    }

    /** Whoever looks for what was read and finds nothing has to show that it would find it. */
    @ParameterizedTest
    @EnumSource(Leak.class)
    void leakWouldBeFound(Leak way) throws Exception {
        List<String> raw = noisyHost(new Random(7));
        String wire = wire(List.of(new Leaking(way)));
        assertThat(server.observations).extracting(Observations::source).contains("leak");

        SentPieces sent = SentPieces.of(wire, server.observations);

        assertThat(SentPieces.lines(raw)).anyMatch(sent::has);
    }

    @Test
    void searchWouldFindWhatIsOnTheWire() throws Exception {
        put("etc/passwd", "visible.name:x:7:7::/:/bin/sh\n");
        put("etc/group", "");

        assertThat(wire()).contains("visible.name");
    }

    /** Secrets are shorter than identifiers; some even look like one. They stand where no name stands. */
    @Test
    void shortSecretsInFieldsThatAreNoNamesAreNotOnTheWire() throws Exception {
        String[] secrets =
                IntStream.range(0, 14).mapToObj(i -> "s3cret" + i + "x").toArray(String[]::new);
        put(
                "etc/passwd",
                "root:%s:0:0:%s:/root:/bin/%s\nann:x:1000:1000::/home/ann:/bin/sh\n"
                        .formatted(secrets[0], secrets[1], secrets[2]));
        put("etc/shadow", "root:%s:1:0:9:7:::\n".formatted(secrets[3]));
        put("etc/group", "root:%s:0:\n".formatted(secrets[4]));
        put(
                "etc/sudoers",
                "Defaults logfile=%s\nroot ALL=(%s) /bin/%s %s\n# %s\n"
                        .formatted(secrets[5], secrets[6], secrets[7], secrets[8], secrets[9]));
        put("etc/ssh/sshd_config", "PermitRootLogin %s\n".formatted(secrets[10]));
        put(
                "home/ann/.ssh/authorized_keys",
                "command=\"%s\" ssh-ed25519 AAAA %s\n".formatted(secrets[11], secrets[12]));
        put("var/log/auth.log", "Nov 28 h sshd[1]: Failed password for %s from 10.1.2.3\n".formatted(secrets[13]));
        put("var/lib/dpkg/status", "Package: bash\nStatus: install ok installed\nVersion: 5.2\n");

        assertThat(wire()).doesNotContain(secrets).doesNotContain("10.1.2.3", "/home/ann", "authorized");
    }

    @Test
    void auditorFindsOnTheHostWhatADigestStandsFor() throws Exception {
        put("etc/passwd", "root:x:0:0:Some Body:/root:/bin/sh\u001b[2J\n");
        put("etc/group", "root:x:0:\n");
        wire();
        Observations access = server.observations.stream()
                .filter(observations -> observations.source().equals("linux-access"))
                .findFirst()
                .orElseThrow();
        Summary evidence = access.summaries().getFirst();
        assertThat(evidence.kind()).isEqualTo(SummaryKind.EVIDENCE);
        assertThat(evidence.values().bool("kept")).isTrue();
        String digest = evidence.values().string("digest");

        ByteArrayOutputStream said = new ByteArrayOutputStream();
        NuxariAgent program = new NuxariAgent(new PrintStream(said, true, UTF_8), 0, InstantSource.system());
        String folder = home.resolve("agent").toString();
        assertThat(program.run(List.of("evidence", "list", "--folder", folder))).isZero();
        assertThat(program.run(List.of("evidence", "show", digest, "--folder", folder)))
                .isZero();

        assertThat(said.toString(UTF_8))
                .contains(digest + " linux-access")
                .contains("Some Body")
                .contains("its SHA-256 is " + digest)
                .doesNotContain("\u001b");
        said.reset();
        assertThat(program.run(List.of("evidence", "show", digest, "--raw", "--folder", folder)))
                .isZero();
        assertThat(dev.nuxari.kernel.Sha256.hexOf(said.toByteArray())).isEqualTo(digest);
        assertThat(program.run(List.of("evidence", "show", "0".repeat(64), "--folder", folder)))
                .isEqualTo(NuxariAgent.REFUSED);
        assertThat(program.run(List.of("evidence"))).isEqualTo(NuxariAgent.USAGE);
    }
}
