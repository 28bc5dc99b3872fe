package dev.nuxari.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.CompactRange;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.SignedNote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two servers append to one log over and over, single events and several in a transaction, while servers and sessions of the
 * database are killed at any moment. What was answered has happened and stands in the log, what stands in the log has
 * happened, and the log is one tree without a gap.
 */
@Order(Integer.MAX_VALUE - 1)
class LogFaultTest {
    private static final int KILLS = Boolean.getBoolean("nuxari.all") ? 200 : 50;

    /** A server takes seconds to come back, the database less than one. */
    private static final int KILLS_FOR_EACH_SERVER = Boolean.getBoolean("nuxari.all") ? 10 : 16;

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String SLUG = "globex";
    private static final String CHANGE = "identity-policy.change";

    /** All that is audited of one request, in the transaction that makes it. */
    private static final String SUBMISSION = "approval.open,workflow.submit,request.submit";

    private final Composed stack = Composed.stack();
    private final String globex = stack.organization(SLUG).id();
    private final LogWriters writers = new LogWriters(stack, SLUG);
    private final Wire auditor = stack.wire(SLUG, "auditor");

    @TempDir
    private Path folder;

    @Test
    @Claim({"A4", "A5"})
    void logIsOneTreeOfWhatHappenedWhateverWasKilledWhen() throws Exception {
        long seed = System.nanoTime();
        Path keys = Files.write(
                folder.resolve("keys.json"),
                stack.people(SLUG).as("auditor").api().keys());
        Path before = Files.writeString(folder.resolve("checkpoint"), checkpoint(stack.server()));
        List<Checkpoint> answered = new ArrayList<>();
        try (ServerUnderTest second = stack.server().secondNode()) {
            second.start();
            List<ServerUnderTest> nodes = List.of(stack.server(), second);
            writers.begin(nodes);
            kill(nodes, new Random(seed), answered);
            assertThat(writers.end(PATIENCE)).isTrue();

            for (ServerUnderTest node : nodes) {
                assertIsVerified(node, keys, before);
            }
            assertIsWatched();
        }

        assertThat(writers.answered()).as("seed %d", seed).isGreaterThanOrEqualTo(KILLS);
        try (Connection superuser = Superuser.connect()) {
            assertThat(changes(superuser))
                    .as("seed %d", seed)
                    .containsAll(writers.versions())
                    .hasSize((int) version(superuser) - 1);
            assertBatchesAreWhole(superuser);
            assertEveryLogIsATree(superuser);
            assertThat(roots(superuser, globex)).as("seed %d", seed).containsAllEntriesOf(heads(answered));
        }
    }

    private void kill(List<ServerUnderTest> nodes, Random random, List<Checkpoint> answered) {
        for (int kill = 1; kill <= KILLS; kill++) {
            LockSupport.parkNanos(Duration.ofMillis(random.nextInt(400)).toNanos());
            ServerUnderTest node = nodes.get(random.nextInt(nodes.size()));
            if (kill % KILLS_FOR_EACH_SERVER == 0) {
                node.kill();
                node.start();
            } else {
                killASession(random);
            }
            somethingIsWrittenAfter(kill);
            answered.add(Eventually.get("a checkpoint after kill " + kill, PATIENCE, () -> signed(node)));
        }
    }

    private void somethingIsWrittenAfter(int kill) {
        int before = writers.answered();
        Eventually.isTrue("a change after kill " + kill, PATIENCE, () -> writers.answered() > before);
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

    /** What a server vouches for now, if it is there to be asked. */
    private Optional<Checkpoint> signed(ServerUnderTest node) {
        try {
            return Optional.of(
                    Checkpoint.parse(SignedNote.parse(checkpoint(node)).text()));
        } catch (IllegalStateException e) {
            return Optional.empty();
        }
    }

    private String checkpoint(ServerUnderTest node) {
        Wire.Answer answer = new Wire(node.url(), globex, auditor.token()).get("//log/" + globex + "/checkpoint");
        if (answer.status() != 200) {
            throw new IllegalStateException(answer.problem());
        }
        return answer.body();
    }

    /** As an auditor does it, who kept a checkpoint from before. */
    private void assertIsVerified(ServerUnderTest node, Path keys, Path before) throws IOException {
        Path token = Files.writeString(folder.resolve("token"), auditor.token());
        Program.Ended ended = Program.run(
                "log",
                "verify",
                "--url",
                node.url().resolve("/log/" + globex).toString(),
                "--token-file",
                token.toString(),
                "--trusted-root",
                keys.toString(),
                "--from",
                before.toString());
        assertThat(ended.code()).as(ended.out() + ended.notes()).isZero();
        assertThat(ended.out()).startsWith("Verified: ").contains("all of them as they were");
    }

    /** The servers' own watch has looked at all of it, and has found nothing. */
    private void assertIsWatched() {
        long size = Long.parseLong(auditor.get("/audit-head").text("treeSize"));
        Path memory = Composed.DATA.resolve("log-memory").resolve(globex + ".checkpoint");
        Eventually.isTrue(
                "the watch has looked at " + size + " events", Duration.ofMinutes(2), () -> seen(memory) >= size);
        assertThat(auditor.get("/findings").json().objects("items")).isEmpty();
    }

    /** So large was the log when the watch had last gone through it; the servers share what they remember. */
    private static long seen(Path memory) {
        try {
            return Checkpoint.parse(SignedNote.parse(Files.readString(memory)).text())
                    .size();
        } catch (IOException e) {
            return 0;
        }
    }

    /** The versions that the log says were made. */
    private Set<Long> changes(Connection superuser) throws SQLException {
        List<String> leaves = Superuser.column(superuser, """
                SELECT convert_from(leaf, 'UTF8') FROM audit_event
                WHERE organization_id = '%s' AND action = '%s' AND outcome = 'succeeded'
                """.formatted(globex, CHANGE));
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

    /** Several events of one transaction stand side by side, all of them or none, and once for what they record. */
    private void assertBatchesAreWhole(Connection superuser) throws SQLException {
        String requests = "SELECT request_id FROM request WHERE organization_id = '%s'".formatted(globex);
        assertThat(targets(superuser, "request.submit"))
                .containsAll(writers.requests())
                .containsExactlyInAnyOrderElementsOf(Superuser.column(superuser, requests));
        assertThat(targets(superuser, "request.cancel"))
                .containsAll(writers.cancellations())
                .containsExactlyInAnyOrderElementsOf(
                        Superuser.column(superuser, requests + " AND state = 'cancelled'"));
        assertThat(writers.requests()).isNotEmpty();
        List<String> batches = Superuser.column(superuser, """
                SELECT string_agg(action, ',' ORDER BY sequence) || CASE max(sequence) - min(sequence) + 1
                    WHEN count(*) THEN '' ELSE ' apart' END
                FROM audit_event WHERE organization_id = '%s' GROUP BY xmin::text HAVING count(*) > 1
                """.formatted(globex));
        assertThat(batches).noneMatch(batch -> batch.endsWith(" apart"));
        assertThat(batches.stream().filter(batch -> batch.contains("request.submit")))
                .hasSizeGreaterThanOrEqualTo(writers.requests().size())
                .containsOnly(SUBMISSION);
    }

    private List<String> targets(Connection superuser, String action) throws SQLException {
        return Superuser.column(superuser, """
                SELECT target_id FROM audit_event
                WHERE organization_id = '%s' AND action = '%s' AND outcome = 'succeeded'
                """.formatted(globex, action));
    }

    private static void assertEveryLogIsATree(Connection superuser) throws SQLException {
        for (String organization : Superuser.column(superuser, "SELECT organization_id FROM audit_head")) {
            assertIsATree(superuser, organization);
        }
    }

    private static void assertIsATree(Connection superuser, String organization) throws SQLException {
        Map<Long, MerkleHash> roots = roots(superuser, organization);
        long size = roots.size() - 1L;
        assertThat(Superuser.column(
                        superuser,
                        "SELECT size || ' ' || encode(root, 'hex') FROM audit_head WHERE organization_id = '%s'"
                                .formatted(organization)))
                .containsExactly(size + " " + requireNonNull(roots.get(size)).hex());
        List<Checkpoint> kept = new ArrayList<>();
        for (String note : Superuser.column(
                superuser, "SELECT note FROM audit_checkpoint WHERE organization_id = '%s'".formatted(organization))) {
            kept.add(Checkpoint.parse(SignedNote.parse(note).text()));
        }
        assertThat(roots).containsAllEntriesOf(heads(kept));
    }

    /** Sizes with their roots; the same size twice has one root, or there are two histories. */
    private static Map<Long, MerkleHash> heads(List<Checkpoint> checkpoints) {
        Map<Long, MerkleHash> heads = new HashMap<>();
        checkpoints.forEach(
                checkpoint -> assertThat(heads.merge(checkpoint.size(), checkpoint.root(), (known, _) -> known))
                        .isEqualTo(checkpoint.root()));
        return heads;
    }

    /** The root of every tree that the log has been, by its size. */
    private static Map<Long, MerkleHash> roots(Connection superuser, String organization) throws SQLException {
        Map<Long, MerkleHash> roots = new HashMap<>(Map.of(0L, MerkleHash.EMPTY));
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
        return roots;
    }
}
