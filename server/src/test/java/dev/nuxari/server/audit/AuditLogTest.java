package dev.nuxari.server.audit;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.protocol.KeyName;
import dev.nuxari.protocol.VerificationKey;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.audit.AuditTrail.Proven;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestOrganization;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.CompactRange;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.Node;
import dev.nuxari.transparency.SignedNote;
import dev.nuxari.transparency.Verification;
import dev.nuxari.transparency.VerifierKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/** The log only grows, in the transaction of what it records, and proves what it holds. */
@ServerTest
class AuditLogTest {
    private static final Target NOTHING = new Target("nothing", "none");

    @Autowired
    AuditLog log;

    @Autowired
    AuditTrail trail;

    @Autowired
    LogInspection inspection;

    @Autowired
    LogKeys keys;

    @Autowired
    OrganizationScope scope;

    @Autowired
    Doorkeeper doorkeeper;

    @Autowired
    JdbcClient unguarded;

    private TestOrganization organization = TestOrganization.fresh();

    private enum Action implements AuditAction {
        NOTHING_HAPPEN
    }

    @BeforeEach
    void freshOrganization() {
        organization = TestOrganization.fresh();
    }

    @Test
    @Claim({"A1", "V1"})
    void rootIsTheOneOfRfc6962() {
        append(11);

        CompactRange tree = CompactRange.empty();
        for (byte[] leaf : leaves()) {
            tree = tree.append(MerkleHash.leaf(leaf));
        }
        AuditTrail.Head head = trail.head(organization.id(), auditor());
        assertThat(head.treeSize()).isEqualTo(11);
        assertThat(head.root()).isEqualTo(tree.root());
    }

    /** Of sizes that begin and end at, before and behind the edges of complete subtrees. */
    @Test
    @Claim({"A1", "A5", "V1"})
    void batchesOfAnySizeMakeTheTreeThatSingleEventsMake() {
        for (int batch : List.of(1, 1, 2, 3, 1, 8, 16, 7, 9, 64, 15, 130, 255, 1, 512, 3)) {
            append(batch);

            assertThat(inspection.inspect(organization.id(), auditor(), CompactRange.empty(), 2))
                    .isInstanceOfSatisfying(
                            Inspected.Sound.class,
                            sound -> assertThat(sound.complete()).isTrue());
        }
        CompactRange tree = CompactRange.empty();
        List<Node> nodes = new ArrayList<>();
        for (byte[] leaf : leaves()) {
            tree = tree.append(MerkleHash.leaf(leaf), nodes::add);
        }
        assertThat(trail.head(organization.id(), auditor())).isEqualTo(new AuditTrail.Head(tree.size(), tree.root()));
        assertThat(storedNodes())
                .containsExactlyInAnyOrderElementsOf(
                        nodes.stream().filter(node -> node.level() > 0).toList());
    }

    @Test
    @Claim({"A1", "V1"})
    void everyEventIsProvenUnderASignedCheckpoint() {
        append(13);
        VerifierKey verifier = verifierKey();

        LongStream.range(0, 13).forEach(sequence -> {
            Proven proven = trail.prove(organization.id(), auditor(), sequence).orElseThrow();
            Checkpoint checkpoint = Checkpoint.parse(proven.checkpoint().text());
            assertThat(proven.checkpoint().verify(verifier)).isEqualTo(new Verification.Verified());
            assertThat(proven.proof().verify(proven.recorded().leafHash(), checkpoint.root()))
                    .isEqualTo(new Verification.Verified());
        });
    }

    @Test
    @Claim("A5")
    void eventVanishesWithTheTransactionThatFails() {
        append(3);

        assertThatThrownBy(() -> scope.run(organization.id(), auditor(), () -> {
                    log.append(AuditEvent.of(Action.NOTHING_HAPPEN, NOTHING));
                    throw new IllegalStateException("the action failed");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(trail.head(organization.id(), auditor()).treeSize()).isEqualTo(3);
        append(1);
        assertThat(trail.head(organization.id(), auditor()).treeSize()).isEqualTo(4);
    }

    @Test
    void simultaneousWritersLeaveNoGap() throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> writer = () -> {
                append(5);
                return 5;
            };
            executor.invokeAll(IntStream.range(0, 8).mapToObj(_ -> writer).toList());
        }

        assertThat(sequences())
                .containsExactlyElementsOf(LongStream.range(0, 40).boxed().toList());
    }

    @Test
    void whoeverStillWorksHoldsNoOtherWriterUp() throws Exception {
        append(1);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            scope.run(organization.id(), auditor(), () -> {
                log.append(AuditEvent.of(Action.NOTHING_HAPPEN, NOTHING));
                assertThat(executor.submit(() -> append(1))).succeedsWithin(Duration.ofSeconds(20));
            });
        }

        assertThat(sequences()).containsExactly(0L, 1L, 2L);
    }

    /** Else every busy log would be reported as tampered with. */
    @Test
    @Claim("A4")
    void logThatGrowsWhileItIsInspectedIsSound() throws Exception {
        append(3);
        var stopped = new AtomicBoolean();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> writer = executor.submit(() -> {
                while (!stopped.get()) {
                    append(1);
                }
            });
            try {
                for (int i = 0; i < 100; i++) {
                    assertThat(inspection.inspect(organization.id(), auditor(), CompactRange.empty(), 20))
                            .isInstanceOf(Inspected.Sound.class);
                }
            } finally {
                stopped.set(true);
            }
            writer.get();
        }
    }

    @Test
    void placeOfAnEventIsToldOnceItIsWritten() {
        append(2);
        List<Long> places = new ArrayList<>();

        scope.run(organization.id(), auditor(), () -> {
            log.append(AuditEvent.of(Action.NOTHING_HAPPEN, NOTHING), places::add);
            log.append(AuditEvent.of(Action.NOTHING_HAPPEN, NOTHING), sequence -> {
                places.add(sequence);
                log.append(AuditEvent.of(Action.NOTHING_HAPPEN, NOTHING), places::add);
            });
        });

        assertThat(places).containsExactly(2L, 3L, 4L);
        assertThat(sequences()).hasSize(5);
    }

    @Test
    @Claim("T2")
    void attemptOnAnotherOrganizationIsInTheLogOfWhoeverTried() {
        TestOrganization other = TestOrganization.fresh();
        Caller auditor = auditor();

        assertThatThrownBy(() -> trail.head(other.id(), auditor)).hasMessageContaining("No organization of yours");

        assertThat(trail.prove(organization.id(), auditor, 0)
                        .orElseThrow()
                        .recorded()
                        .event())
                .satisfies(event -> {
                    assertThat(event.string("action")).isEqualTo("organization.enter");
                    assertThat(event.string("outcome")).isEqualTo("refused");
                });
    }

    @ParameterizedTest
    @Claim("A4")
    @ValueSource(
            strings = {
                "UPDATE audit_event SET action = 'x'",
                "DELETE FROM audit_event",
                "TRUNCATE audit_event",
                "INSERT INTO audit_event (organization_id, sequence, leaf) SELECT organization_id, 1, leaf FROM audit_event",
                "UPDATE audit_head SET size = 0",
                "DELETE FROM audit_node",
                "UPDATE audit_checkpoint SET note = 'x'",
                "UPDATE evidence_record SET content = 'x'",
                "DELETE FROM evidence_package",
                "ALTER TABLE audit_event DISABLE TRIGGER ALL"
            })
    void handWrittenSqlOfTheServerChangesNoEvidence(String sql) {
        append(1);

        assertThatThrownBy(() -> scope.within(
                        organization.id(), auditor(), () -> unguarded.sql(sql).update()))
                .hasStackTraceContaining(sql.matches("(ALTER|TRUNCATE).*") ? "is not plain" : "permission denied");
    }

    @ParameterizedTest
    @Claim("A4")
    @ValueSource(
            strings = {
                "UPDATE audit_event SET action = 'x'",
                "DELETE FROM audit_event",
                "TRUNCATE audit_event CASCADE",
                "UPDATE audit_node SET hash = 'x'",
                "DELETE FROM audit_node",
                "TRUNCATE audit_node",
                "UPDATE audit_checkpoint SET note = 'x'",
                "DELETE FROM audit_checkpoint",
                "TRUNCATE audit_checkpoint"
            })
    void notEvenASuperuserChangesAnEventByTheWay(String sql) {
        append(2);
        trail.checkpoint(organization.id(), auditor());

        assertThatThrownBy(() -> beyondTheWalls().sql(sql).update()).hasStackTraceContaining("can only be added");
    }

    @Test
    @Claim("A4")
    void handWrittenEventNeedsToBeTheNextOneAndByWhoIsThere() {
        append(1);
        Json.Obj genuine = Json.parseObject(new String(leaves().getFirst(), UTF_8));
        Json.Obj byTheOwner = genuine.with(
                "actor",
                Json.object(
                        "type",
                        "member",
                        "id",
                        organization.member(Role.OWNER).id().toString()));
        Json.Obj elsewhere =
                genuine.with("organizationId", TestOrganization.fresh().id().toString());

        List.of(byTheOwner, elsewhere, genuine.without("actor")).forEach(forged -> {
            assertIsRefused(List.of(forged), numberIn(forged));
            assertIsRefused(List.of(genuine, forged), numberIn(genuine), numberIn(forged));
        });
        assertIsRefused(List.of(genuine), 1 + genuine.canonical().lastIndexOf('1'));
        assertIsRefused(List.of(genuine, genuine), numberIn(genuine));
        assertIsRefused(List.of(genuine), numberIn(genuine), numberIn(genuine));
        assertIsRefused(List.of());
        assertThat(sequences()).containsExactly(0L);
        appendByHand(List.of(genuine), numberIn(genuine));
        assertThat(sequences()).containsExactly(0L, 1L);
    }

    @Test
    @Claim("V1")
    void checkpointIsNamedAfterTheOrganizationAndSignedByItsLogKey() {
        append(2);

        SignedNote note = trail.checkpoint(organization.id(), auditor());

        assertThat(Checkpoint.parse(note.text()).origin()).endsWith("/log/" + organization.id());
        assertThat(Checkpoint.parse(note.text()).size()).isEqualTo(2);
        assertThat(note.verify(verifierKey())).isEqualTo(new Verification.Verified());
        assertThat(trail.checkpoint(organization.id(), auditor())).isEqualTo(note);
    }

    private VerifierKey verifierKey() {
        var key = keys.manifest(organization.id(), auditor()).key(KeyName.LOG).key();
        return new VerifierKey("nuxari.local/log/" + organization.id(), ((VerificationKey.Ed25519) key).key());
    }

    private static int numberIn(Json.Obj event) {
        String member = "\"sequence\":";
        return event.canonical().indexOf(member) + member.length() + 1;
    }

    private void assertIsRefused(List<Json.Obj> forged, Integer... places) {
        assertThatThrownBy(() -> appendByHand(forged, places)).hasStackTraceContaining("is not the next one");
    }

    private void appendByHand(List<Json.Obj> events, Integer... places) {
        scope.run(
                organization.id(),
                auditor(),
                () -> unguarded
                        .sql("SELECT append_audit_events(?, ?, ?)")
                        .params(
                                organization.id().value(),
                                new SqlArrayValue("bytea", (Object[]) events.stream()
                                        .map(Json::canonicalBytes)
                                        .toArray(byte[][]::new)),
                                new SqlArrayValue("int4", (Object[]) places))
                        .query((_, _) -> "appended")
                        .single());
    }

    private void append(int events) {
        Caller auditor = auditor();
        scope.run(organization.id(), auditor, () -> {
            for (int i = 0; i < events; i++) {
                log.append(AuditEvent.of(Action.NOTHING_HAPPEN, NOTHING));
            }
        });
    }

    private Caller auditor() {
        return organization.caller(doorkeeper, Role.AUDITOR);
    }

    private List<Long> sequences() {
        return beyondTheWalls()
                .sql("SELECT sequence FROM audit_event WHERE organization_id = ? ORDER BY sequence")
                .param(organization.id().value())
                .query((row, _) -> row.getLong(1))
                .list();
    }

    private List<Node> storedNodes() {
        return beyondTheWalls()
                .sql("SELECT level, index, hash FROM audit_node WHERE organization_id = ?")
                .param(organization.id().value())
                .query((row, _) -> new Node(row.getInt(1), row.getLong(2), MerkleHash.of(row.getBytes(3))))
                .list();
    }

    private List<byte[]> leaves() {
        return beyondTheWalls()
                .sql("SELECT leaf FROM audit_event WHERE organization_id = ? ORDER BY sequence")
                .param(organization.id().value())
                .query((row, _) -> row.getBytes(1))
                .list();
    }
}
