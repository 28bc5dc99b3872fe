package dev.nuxari.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.CompactRange;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.SignedNote;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Two servers change one thing over and over, while servers and sessions of the database are killed at any moment. What was
 * answered has happened and stands in the log, what stands in the log has happened, and the log is one tree without a gap.
 */
@Order(Integer.MAX_VALUE - 1)
class LogFaultTest {
    private static final int KILLS = Boolean.getBoolean("nuxari.all") ? 200 : 16;

    /** A server takes seconds to come back, the database less than one. */
    private static final int KILLS_FOR_EACH_SERVER = 8;

    private static final int WRITERS_FOR_EACH_SERVER = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String ACTION = "identity-policy.change";

    private final Composed stack = Composed.stack();
    private final String globex = stack.organization("globex").id();
    private final Set<Long> answered = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    @Test
    @Claim({"A4", "A5"})
    void logIsOneTreeOfWhatHappenedWhateverWasKilledWhen() throws Exception {
        long seed = System.nanoTime();
        try (ServerUnderTest second = stack.server().secondNode()) {
            second.start();
            List<ServerUnderTest> nodes = List.of(stack.server(), second);
            List<Thread> writers = write(nodes);
            Random random = new Random(seed);
            for (int kill = 1; kill <= KILLS; kill++) {
                LockSupport.parkNanos(Duration.ofMillis(random.nextInt(400)).toNanos());
                if (kill % KILLS_FOR_EACH_SERVER == 0) {
                    ServerUnderTest node = nodes.get(random.nextInt(nodes.size()));
                    node.kill();
                    node.start();
                } else {
                    killASession(random);
                }
                somethingWasWrittenAfter(kill);
            }
            stopped = true;
            for (Thread writer : writers) {
                writer.join(PATIENCE);
                assertThat(writer.isAlive()).isFalse();
            }
        }

        assertThat(answered).as("seed %d", seed).hasSizeGreaterThan(KILLS);
        try (Connection superuser = Superuser.connect()) {
            assertThat(changes(superuser))
                    .as("seed %d", seed)
                    .containsAll(answered)
                    .hasSize((int) version(superuser) - 1);
            assertEveryLogIsATree(superuser);
        }
    }

    private List<Thread> write(List<ServerUnderTest> nodes) {
        Wire owner = stack.wire("globex", "owner");
        List<Thread> writers = new ArrayList<>();
        for (ServerUnderTest node : nodes) {
            for (int i = 0; i < WRITERS_FOR_EACH_SERVER; i++) {
                writers.add(Thread.ofVirtual().start(() -> changeUntilStopped(node.url(), owner)));
            }
        }
        return writers;
    }

    private void changeUntilStopped(URI node, Wire owner) {
        Wire wire = new Wire(node, owner.organization(), owner.token());
        while (!stopped) {
            try {
                change(wire);
            } catch (IllegalStateException _) {
                // The server, or the database behind it, is gone for the moment.
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }
    }

    private void change(Wire wire) {
        Wire.Answer read = wire.get("/identity-policy");
        if (read.status() != 200) {
            throw new IllegalStateException(read.problem());
        }
        long version = Long.parseLong(read.text("version"));
        String domains = version % 2 == 0 ? "[]" : "[\"globex.example\"]";
        Wire.Answer changed = wire.send(
                "PUT",
                "/identity-policy",
                "{\"emailDomainAllowlist\":%s}".formatted(domains).getBytes(UTF_8),
                "Content-Type",
                "application/json",
                "If-Match",
                "\"" + version + "\"");
        if (changed.status() == 200) {
            answered.add(version + 1);
        }
    }

    private void somethingWasWrittenAfter(int kill) {
        int before = answered.size();
        Eventually.isTrue("a change after kill " + kill, PATIENCE, () -> answered.size() > before);
    }

    /** The database takes a killed session for a crash: it ends all others and recovers from its journal. */
    private static void killASession(Random random) {
        List<String> sessions = Eventually.get("sessions of the servers", PATIENCE, LogFaultTest::sessions);
        ProcessHandle.of(Long.parseLong(sessions.get(random.nextInt(sessions.size()))))
                .ifPresent(ProcessHandle::destroyForcibly);
    }

    private static Optional<List<String>> sessions() {
        try (Connection superuser = Superuser.connect()) {
            List<String> found =
                    Superuser.column(superuser, "SELECT pid FROM pg_stat_activity WHERE usename = 'nuxari_app'");
            return found.isEmpty() ? Optional.empty() : Optional.of(found);
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    /** The versions that the log says were made. */
    private Set<Long> changes(Connection superuser) throws SQLException {
        List<String> leaves = Superuser.column(superuser, """
                SELECT convert_from(leaf, 'UTF8') FROM audit_event
                WHERE organization_id = '%s' AND action = '%s' AND outcome = 'succeeded'
                """.formatted(globex, ACTION));
        Set<Long> versions = new TreeSet<>();
        for (String leaf : leaves) {
            long version = Json.parseObject(leaf).object("after").integer("version");
            assertThat(versions.add(version))
                    .as("version %d stands in the log once", version)
                    .isTrue();
        }
        return versions;
    }

    private long version(Connection superuser) throws SQLException {
        return Superuser.number(
                superuser, "SELECT version FROM identity_policy WHERE organization_id = '%s'".formatted(globex));
    }

    private static void assertEveryLogIsATree(Connection superuser) throws SQLException {
        for (String organization : Superuser.column(superuser, "SELECT organization_id FROM audit_head")) {
            assertIsATree(superuser, organization);
        }
    }

    private static void assertIsATree(Connection superuser, String organization) throws SQLException {
        Map<Long, MerkleHash> roots = new HashMap<>();
        CompactRange range = CompactRange.empty();
        try (Statement statement = superuser.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT sequence, leaf FROM audit_event WHERE organization_id = '%s' ORDER BY sequence"
                                .formatted(organization))) {
            while (rows.next()) {
                assertThat(rows.getLong(1)).isEqualTo(range.size());
                range = range.append(MerkleHash.leaf(rows.getBytes(2)));
                roots.put(range.size(), range.root());
            }
        }
        assertThat(Superuser.column(
                        superuser,
                        "SELECT size || ' ' || encode(root, 'hex') FROM audit_head WHERE organization_id = '%s'"
                                .formatted(organization)))
                .containsExactly(range.size() + " " + range.root().hex());
        for (String note : Superuser.column(
                superuser, "SELECT note FROM audit_checkpoint WHERE organization_id = '%s'".formatted(organization))) {
            Checkpoint checkpoint = Checkpoint.parse(SignedNote.parse(note).text());
            assertThat(roots).containsEntry(checkpoint.size(), checkpoint.root());
        }
    }
}
