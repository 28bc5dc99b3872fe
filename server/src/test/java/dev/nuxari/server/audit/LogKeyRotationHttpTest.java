package dev.nuxari.server.audit;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.protocol.AuditEventRule;
import dev.nuxari.protocol.KeyChain;
import dev.nuxari.protocol.KeyManifest;
import dev.nuxari.protocol.KeyName;
import dev.nuxari.protocol.LogIdentity;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.keys.OrganizationKeys;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestOrganization;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.LogKey;
import dev.nuxari.transparency.LogSource;
import dev.nuxari.transparency.LogVerification;
import dev.nuxari.transparency.LogVerifier;
import dev.nuxari.transparency.SignedNote;
import dev.nuxari.transparency.Tile;
import dev.nuxari.transparency.TlogProof;
import dev.nuxari.transparency.Verification;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;

/** An owner replaces the log key; what the old one signed still verifies, and it signs nothing more. */
@ServerTest
@Claim({"V1", "V4"})
class LogKeyRotationHttpTest {
    @Autowired
    TestHttp http;

    @Autowired
    AuditLog log;

    @Autowired
    AuditTrail trail;

    @Autowired
    LogKeys keys;

    @Autowired
    LogKeyRotations rotations;

    @Autowired
    AuditTrailStore store;

    @Autowired
    Tiles tiles;

    @Autowired
    KeyManifestStore manifests;

    @Autowired
    AuditConfig config;

    @Autowired
    InstantSource clock;

    @Autowired
    OrganizationScope scope;

    @Autowired
    Doorkeeper doorkeeper;

    @Autowired
    AutowireCapableBeanFactory beans;

    private TestOrganization organization = TestOrganization.fresh();

    private enum Action implements AuditAction {
        NOTHING_HAPPEN
    }

    @BeforeEach
    void freshLog() {
        organization = TestOrganization.fresh();
        append(5);
    }

    @Test
    void oldCheckpointsStillVerifyAndNewOnesAreByTheNewKey() throws IOException {
        KeyManifest before = manifest("keys");
        SignedNote kept = checkpoint();

        Answer answer = rotate(1);
        KeyManifest after = manifest("keys");
        append(3);
        SignedNote newest = checkpoint();

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.json().string("keyId"))
                .isEqualTo(after.key(KeyName.LOG).keyId());
        assertThat(answer.json().string("retiredKeyId"))
                .isEqualTo(before.key(KeyName.LOG).keyId());
        assertThat(after.follows(before)).isEqualTo(new Verification.Verified());
        assertThat(keyOf(after).verify(kept)).isInstanceOf(Verification.Refuted.class);
        assertThat(keyOf(after).verify(newest)).isEqualTo(new Verification.Verified());
        assertThat(keyOf(before).verify(kept)).isEqualTo(new Verification.Verified());
        assertThat(keyOf(before).verify(newest)).isInstanceOf(Verification.Refuted.class);
        List<LogKey> all = LogIdentity.keys(after, newest);
        var rule = new AuditEventRule(all.getFirst().verifier().name());
        assertThat(new LogVerifier(all, served(), rule).verify(Optional.of(kept), _ -> {}))
                .isInstanceOfSatisfying(
                        LogVerification.Verified.class,
                        verified -> assertThat(verified.head().size()).isEqualTo(9));
    }

    @Test
    void everyVersionIsServedAndLeadsToTheNewest() throws IOException {
        KeyManifest first = manifest("keys");
        rotate(1);
        rotate(2);

        assertThat(manifest("keys?version=1").hash()).isEqualTo(first.hash());
        assertThat(manifest("keys?version=3").hash()).isEqualTo(manifest("keys").hash());
        assertThat(KeyChain.follow(first, served())).isInstanceOf(KeyChain.Followed.class);
        for (String none : List.of("keys?version=4", "keys?version=0", "keys?version=-1")) {
            assertThat(get(none).problem()).as(none).isEqualTo("no-such-log-entry");
        }
    }

    /** Nobody had asked for a checkpoint. Whoever has the old keys only must be able to verify all that is from their time. */
    @Test
    void whatWasThereBeforeIsUnderACheckpointOfTheOldKey() {
        KeyManifest before = manifest("keys");
        rotate(1);
        append(1);

        TlogProof proof = TlogProof.parse(get("proof?leaf=4").body());
        TlogProof later = TlogProof.parse(get("proof?leaf=5").body());

        assertThat(keyOf(before).verify(proof.checkpoint())).isEqualTo(new Verification.Verified());
        assertThat(keyOf(manifest("keys")).verify(later.checkpoint())).isEqualTo(new Verification.Verified());
    }

    @Test
    void rotationIsTheFirstEventAfterTheOldKey() {
        KeyManifest before = manifest("keys");
        Json.Obj answer = rotate(1).json();
        KeyManifest after = manifest("keys");

        Json.Obj event = trail.prove(organization.id(), owner(), answer.integer("treeSize"))
                .orElseThrow()
                .recorded()
                .event();
        assertThat(event.string("action")).isEqualTo("log-key.rotate");
        assertThat(event.string("outcome")).isEqualTo("succeeded");
        assertThat(event.object("actor").string("role")).isEqualTo("owner");
        assertThat(event.object("before").string("manifestHash")).isEqualTo(before.hash());
        assertThat(event.object("before").string("keyId"))
                .isEqualTo(before.key(KeyName.LOG).keyId());
        assertThat(event.object("after").string("manifestHash")).isEqualTo(after.hash());
        assertThat(event.object("after").string("keyId"))
                .isEqualTo(after.key(KeyName.LOG).keyId());
        assertThat(event.object("metadata").string("justification")).isEqualTo("once a year");
        assertThat(after.retired().getLast().treeSize()).isEqualTo(answer.integer("treeSize"));
    }

    @Test
    void keyThatSomebodyElseRotatedIsNotRotatedAgain() {
        rotate(1);

        Answer late = rotate(1);

        assertThat(late.status()).isEqualTo(409);
        assertThat(late.problem()).isEqualTo("log-key-rotated");
        assertThat(manifest("keys").version()).isEqualTo(2);
        assertThat(actions()).containsExactly("log-key.rotate succeeded", "log-key.rotate refused");
    }

    @RepeatedTest(4)
    void ofManyWhoRotateAtOnceOneDoes() throws Exception {
        manifest("keys");
        var start = new CyclicBarrier(6);
        Callable<Integer> rotation = () -> {
            start.await();
            return rotate(1).status();
        };

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers =
                    Stream.generate(() -> threads.submit(rotation)).limit(6).toList();
            assertThat(answers).extracting(Future::get).containsExactlyInAnyOrder(201, 409, 409, 409, 409, 409);
        }

        assertThat(manifest("keys").version()).isEqualTo(2);
        assertThat(actions().stream().filter("log-key.rotate succeeded"::equals))
                .hasSize(1);
    }

    @Test
    void otherServerDoesNotGoOnSigningWithTheOldKey() {
        AuditTrail other = otherServer();
        SignedNote before = other.checkpoint(organization.id(), owner());
        KeyManifest first = manifest("keys");
        append(1);

        rotate(1);
        append(1);
        SignedNote after = other.checkpoint(organization.id(), owner());

        assertThat(keyOf(first).verify(before)).isEqualTo(new Verification.Verified());
        assertThat(keyOf(manifest("keys")).verify(after)).isEqualTo(new Verification.Verified());
    }

    /** While the key is rotated again and again, two servers sign what others append. */
    @Test
    void noCheckpointIsByAKeyWhoseTimeIsOver() throws Exception {
        KeyManifest first = manifest("keys");
        List<AuditTrail> servers = List.of(trail, otherServer());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> work = IntStream.range(0, 8)
                    .<Future<?>>mapToObj(worker -> threads.submit(() -> {
                        for (int i = 0; i < 12; i++) {
                            append(1);
                            servers.get(worker % 2).checkpoint(organization.id(), owner());
                        }
                    }))
                    .toList();
            for (int version = 1; version <= 6; version++) {
                assertThat(rotate(version).status()).isEqualTo(201);
            }
            for (Future<?> one : work) {
                one.get();
            }
        }

        List<SignedNote> notes = checkpoints();
        KeyManifest newest = ((KeyChain.Followed) KeyChain.follow(first, served())).newest();
        List<LogKey> all = LogIdentity.keys(newest, notes.getFirst());
        assertThat(newest.version()).isEqualTo(7);
        assertThat(notes)
                .hasSizeGreaterThan(7)
                .allSatisfy(note -> assertThat(
                                all.stream().filter(key -> key.verify(note) instanceof Verification.Verified))
                        .as(note.encoded())
                        .hasSize(1));
        // And every key's last word covers all that it vouches for.
        assertThat(newest.retired())
                .allSatisfy(retired -> assertThat(notes.stream()
                                .map(note -> Checkpoint.parse(note.text()).size()))
                        .contains(retired.treeSize()));
    }

    /** What somebody has begun to sign with the old key is signed in its time. */
    @Test
    void rotationWaitsForWhoeverHoldsTheKey() throws Exception {
        KeyManifest first = manifest("keys");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> rotation = scope.within(organization.id(), owner(), () -> {
                keys.hold(organization.id(), owner());
                Future<Integer> begun = threads.submit(() -> rotate(1).status());
                waits(begun, "lock_log_key");
                return begun;
            });

            assertThat(rotation.get()).isEqualTo(201);
        }
        assertThat(manifest("keys").follows(first)).isEqualTo(new Verification.Verified());
    }

    /** And whoever comes while it is replaced signs with the new one. */
    @Test
    void signerWaitsForTheRotationAndHasTheNewKeyThen() throws Exception {
        AuditTrail other = otherServer();
        other.checkpoint(organization.id(), owner());
        append(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<SignedNote> signing = scope.within(organization.id(), owner(), () -> {
                rotations.rotate(organization.id(), owner(), 1, "once a year");
                Future<SignedNote> begun = threads.submit(() -> other.checkpoint(organization.id(), owner()));
                waits(begun, "hold_log_key");
                return begun;
            });

            SignedNote note = signing.get();
            assertThat(Checkpoint.parse(note.text()).size()).isEqualTo(7);
            assertThat(keyOf(manifest("keys")).verify(note)).isEqualTo(new Verification.Verified());
        }
    }

    /** Until the database says that it waits in this function; it must not have come through. */
    private static void waits(Future<?> work, String function) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (beyondTheWalls()
                        .sql("""
                                SELECT count(*) FROM pg_stat_activity
                                WHERE wait_event_type = 'Lock' AND query LIKE '%' || ? || '%'
                                """)
                        .param(function)
                        .query((row, _) -> row.getLong(1))
                        .single()
                == 0) {
            assertThat(work.isDone()).as("%s does not wait", function).isFalse();
            assertThat(System.nanoTime()).as("nobody came to %s", function).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    @Test
    void privateHalfOfTheOldKeyIsGone() {
        rotate(1);

        assertThat(beyondTheWalls()
                        .sql("""
                                SELECT version || ' ' || (sealed_private_key IS NULL)
                                FROM signing_key
                                WHERE organization_id = ? AND name = 'log'
                                ORDER BY version
                                """)
                        .param(organization.id().value())
                        .query((row, _) -> String.valueOf(row.getString(1)))
                        .list())
                .containsExactly("1 true", "2 false");
    }

    @Test
    void manifestsCanOnlyBeAdded() {
        rotate(1);

        for (String sql : List.of(
                "UPDATE key_manifest SET manifest = 'x'", "DELETE FROM key_manifest", "TRUNCATE key_manifest")) {
            assertThat(catchThrowable(() -> beyondTheWalls().sql(sql).update()))
                    .as(sql)
                    .hasStackTraceContaining("can only be added");
        }
    }

    @Test
    void rotationNamesWhatItReplacesAndWhy() {
        Map<String, String> bad = Map.of(
                "{'justification': 'x'}",
                "/manifestVersion",
                "{'manifestVersion': 1}",
                "/justification",
                "{'manifestVersion': 1, 'justification': ' '}",
                "/justification",
                "{'manifestVersion': 1, 'justification': '%s'}".formatted("x".repeat(2001)),
                "/justification");

        bad.forEach((body, pointer) -> {
            Answer answer = http.as(organization.member(Role.OWNER)).post("/log-key-rotations", body);
            assertThat(answer.problem()).as(body).isEqualTo("invalid-field");
            assertThat(answer.body()).contains(pointer);
        });
        assertThat(manifest("keys").version()).isEqualTo(1);
    }

    /** It has caches of its own. */
    private AuditTrail otherServer() {
        var ownKeys = new LogKeys(beans.createBean(OrganizationKeys.class), manifests, scope);
        return new AuditTrail(scope, store, ownKeys, config, clock);
    }

    private LogKey keyOf(KeyManifest manifest) {
        return LogIdentity.keys(manifest, checkpoint()).getFirst();
    }

    private Answer rotate(int version) {
        return http.as(organization.member(Role.OWNER))
                .post(
                        "/log-key-rotations",
                        "{'manifestVersion': %d, 'justification': 'once a year'}".formatted(version));
    }

    private KeyManifest manifest(String path) {
        return KeyManifest.parse(get(path).json());
    }

    private SignedNote checkpoint() {
        return SignedNote.parse(get("checkpoint").body());
    }

    private Answer get(String path) {
        return http.as(organization.member(Role.AUDITOR)).get("/log/" + organization.id() + "/" + path);
    }

    private LogSource served() {
        return path -> {
            if (path.startsWith("tile/")) {
                Tile tile = Tile.parse(path.substring("tile/".length())).orElseThrow();
                return tiles.find(organization.id(), owner(), tile);
            }
            Answer answer = get(path);
            return answer.status() == 200 ? Optional.of(answer.body().getBytes(UTF_8)) : Optional.empty();
        };
    }

    private Caller owner() {
        return organization.caller(doorkeeper, Role.OWNER);
    }

    private void append(int events) {
        Caller owner = owner();
        scope.run(organization.id(), owner, () -> {
            for (int i = 0; i < events; i++) {
                log.append(AuditEvent.of(Action.NOTHING_HAPPEN, new Target("nothing", "none")));
            }
        });
    }

    private List<String> actions() {
        return beyondTheWalls()
                .sql("""
                        SELECT action || ' ' || outcome
                        FROM audit_event
                        WHERE organization_id = ? AND action = 'log-key.rotate'
                        ORDER BY sequence
                        """)
                .param(organization.id().value())
                .query((row, _) -> String.valueOf(row.getString(1)))
                .list();
    }

    private List<SignedNote> checkpoints() {
        return beyondTheWalls()
                .sql("SELECT note FROM audit_checkpoint WHERE organization_id = ? ORDER BY size")
                .param(organization.id().value())
                .query((row, _) -> SignedNote.parse(String.valueOf(row.getString(1))))
                .list();
    }
}
