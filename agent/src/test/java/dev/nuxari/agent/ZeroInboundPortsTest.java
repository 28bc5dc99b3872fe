package dev.nuxari.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.ActionType;
import dev.nuxari.protocol.agent.Receipt.Ending;
import dev.nuxari.protocol.agent.Receipt.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent as the process that it is on a host, seen from the kernel. */
@Claim("E3")
class ZeroInboundPortsTest {
    @TempDir
    private Path home;

    private Path file;

    @BeforeEach
    void prepare() throws IOException {
        home = home.toRealPath();
        file = Files.writeString(home.resolve("config"), "x");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        EnrolledAgent.allow(home, """
                {"v":1,"maximumPlanAgeDays":30,"actions":[{"type":"file-mode.set","limits":{}}]}""");
    }

    private Process agent(List<String> before, String... words) throws IOException {
        List<String> command = Stream.of(
                        before.stream(),
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                NuxariAgent.class.getName()),
                        Stream.of(words),
                        Stream.of(
                                "--folder",
                                home.resolve("agent").toString(),
                                "--policy",
                                EnrolledAgent.policy(home).path().toString()))
                .flatMap(part -> part)
                .toList();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("said").toFile())
                .start();
    }

    private void enrol(PlatformServer server, List<String> before) throws Exception {
        Process enrolling = agent(before, server.enrolment());
        assertThat(enrolling.waitFor())
                .as(Files.readString(home.resolve("said")))
                .isZero();
    }

    private void send(PlatformServer server) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Json.Obj plan = server.platform.plan(
                server.agent, ActionType.FILE_MODE_SET, Json.object("path", file.toString(), "mode", 0600), now);
        server.send(server.platform.order(plan, 1, now));
    }

    @Test
    void agentListensOnNothing() throws Exception {
        try (PlatformServer server = new PlatformServer()) {
            enrol(server, List.of());
            send(server);
            Process agent = agent(List.of(), "run");
            try {
                server.awaitReceipt(Duration.ofSeconds(30));

                assertThat(server.endings()).isNotEmpty();
                assertThat(SocketTables.of(agent).openAndOwn()).isEmpty();
            } finally {
                agent.destroy();
                agent.waitFor();
            }
        }
    }

    /** Whoever looks for sockets and finds none has to show that he would find one. */
    @Test
    void listeningSocketWouldBeSeen() throws Exception {
        try (ServerSocket _ = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(new SocketTables(Path.of("/proc/self")).openAndOwn()).isNotEmpty();
        }
    }

    @Test
    void wholeProtocolRunsWithAllInboundTrafficDropped() throws Exception {
        try (NetworkNamespace hosts = NetworkNamespace.create();
                PlatformServer server = new PlatformServer(hosts.outside())) {
            hosts.dropsInbound();
            enrol(server, hosts.prefix());
            send(server);
            Process agent = agent(hosts.prefix(), "run");
            try {
                server.awaitReceipt(Duration.ofSeconds(30));

                assertThat(server.endings()).extracting(Ending::outcome).containsExactly(Outcome.CHANGED);
                assertThat(SocketTables.of(agent).open()).isEmpty();
            } finally {
                agent.destroy();
                agent.waitFor();
            }
        }
    }

    /** Whoever drops what comes in has to show that something would have come. */
    @Test
    void whatIsDroppedWouldHaveComeIn() throws Exception {
        try (NetworkNamespace hosts = NetworkNamespace.create()) {
            List<String> command = new ArrayList<>(hosts.prefix());
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            command.addAll(List.of(java, "-m", "jdk.httpserver", "-b", "0.0.0.0", "-p", "8000", "-d", home.toString()));
            Process listening =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (BufferedReader said = listening.inputReader(UTF_8)) {
                assertThat(said.readLine()).contains("Serving");
                assertThat(comesIn(hosts)).isTrue();
                if (hosts.dropsInbound()) {
                    assertThat(comesIn(hosts)).isFalse();
                }
            } finally {
                listening.destroyForcibly();
                listening.waitFor();
            }
        }
    }

    private static boolean comesIn(NetworkNamespace hosts) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(hosts.inside(), 8_000), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** A network of its own for the agent, with one cable to the server. */
    private record NetworkNamespace(String name, String cable, String network) implements AutoCloseable {
        static NetworkNamespace create() throws IOException, InterruptedException {
            long id = ProcessHandle.current().pid() % 60_000;
            NetworkNamespace made = new NetworkNamespace(
                    "nuxari-" + id, "nx" + id, "10.%d.%d.".formatted(200 + id / 256 % 50, id % 256));
            boolean allowed = run("ip", "netns", "add", made.name);
            if (!allowed) {
                System.err.println("NOT SHOWN HERE: this machine gives no network namespace (root and ip are needed)");
            }
            assumeTrue(allowed, "no network namespace");
            String inside = made.cable + "i";
            boolean connected =
                    run("ip", "link", "add", made.cable, "type", "veth", "peer", "name", inside, "netns", made.name)
                            && run("ip", "addr", "add", made.network + "1/30", "dev", made.cable)
                            && run("ip", "link", "set", made.cable, "up")
                            && run("ip", "-n", made.name, "addr", "add", made.network + "2/30", "dev", inside)
                            && run("ip", "-n", made.name, "link", "set", inside, "up");
            assertThat(connected).isTrue();
            return made;
        }

        /** From here on nothing comes in that was not asked for; says loudly where this machine cannot do that. */
        boolean dropsInbound() throws InterruptedException {
            boolean drops = byPacketFilter() || byTrafficControl();
            if (!drops) {
                System.err.println(
                        "NOT SHOWN HERE: this machine has no packet filter (nft, or tc with bpf), so nothing inbound"
                                + " was dropped; that nothing waits for it is read from the kernel's tables all the same");
            }
            return drops;
        }

        private boolean byPacketFilter() throws InterruptedException {
            String rules = "table inet closed { chain in { type filter hook input priority 0; policy drop;"
                    + " ct state established,related accept; }; }";
            return run("ip", "netns", "exec", name, "nft", rules);
        }

        /** At the cable's end: addresses of neighbours (ARP) and segments of TCP that open no connection pass, and nothing else does. */
        private boolean byTrafficControl() throws InterruptedException {
            String program =
                    "11,40 0 0 12,21 7 0 2054,21 0 7 2048,48 0 0 23,21 0 5 6,177 0 0 14,80 0 0 27,84 0 0 18,21 1 0 2,"
                            + "6 0 0 0,6 0 0 2";
            String inside = cable + "i";
            return run("ip", "netns", "exec", name, "tc", "qdisc", "add", "dev", inside, "ingress")
                    && run(
                            "ip",
                            "netns",
                            "exec",
                            name,
                            "tc",
                            "filter",
                            "add",
                            "dev",
                            inside,
                            "parent",
                            "ffff:",
                            "protocol",
                            "all",
                            "bpf",
                            "da",
                            "bytecode",
                            program);
        }

        private static boolean run(String... command) throws InterruptedException {
            try {
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
            } catch (IOException e) {
                return false; // there is no such program
            }
        }

        InetAddress outside() {
            return InetAddress.ofLiteral(network + "1");
        }

        InetAddress inside() {
            return InetAddress.ofLiteral(network + "2");
        }

        List<String> prefix() {
            return List.of("ip", "netns", "exec", name);
        }

        @Override
        public void close() throws InterruptedException {
            run("ip", "link", "del", cable);
            run("ip", "netns", "del", name);
        }
    }

    @Test
    void saysNothingOfItselfToWhoeverReadsItsOutput() throws Exception {
        try (PlatformServer server = new PlatformServer()) {
            enrol(server, List.of());
        }
        assertThat(new String(Files.readAllBytes(home.resolve("said")), UTF_8)).doesNotContain("nxa_", "nxe_");
    }
}
