package dev.nuxari.server.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.ProblemException;
import dev.nuxari.kernel.Role;
import dev.nuxari.protocol.EvidenceCollectionVerification;
import dev.nuxari.protocol.EvidenceCollectionVerification.Contents;
import dev.nuxari.protocol.EvidenceCollectionVerification.Verified;
import dev.nuxari.protocol.EvidenceCollectionVerifier;
import dev.nuxari.protocol.EvidenceSelector;
import dev.nuxari.protocol.KeyManifest;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestOrganization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What was sealed in a period is taken away as one file, with what shows that nothing is missing. */
@ServerTest
@Claim({"A1", "V4"})
class EvidenceCollectionHttpTest {
    private static final String COLLECTIONS = "/evidence-collections";
    private static final String DIRECTORY = UUID.randomUUID().toString();
    private static final String DATABASE = UUID.randomUUID().toString();

    @Autowired
    Evidence evidence;

    @Autowired
    EvidenceCollections collections;

    @Autowired
    Redactor redactor;

    @Autowired
    Doorkeeper doorkeeper;

    @Autowired
    TestHttp http;

    private TestOrganization organization = TestOrganization.fresh();
    private final List<String> ids = new ArrayList<>();

    /** Ada, Bob, Ada in the database, and Ada again. */
    @BeforeEach
    void givenFourPackages() {
        organization = TestOrganization.fresh();
        ids.clear();
        seal(DIRECTORY, "ada");
        seal(DIRECTORY, "bob");
        seal(DATABASE, "ada");
        seal(DIRECTORY, "ada");
    }

    @Test
    void everythingUntilNowIsCollectedAndVerifies() {
        Answer answer = auditor().get(COLLECTIONS + period(Instant.EPOCH, now()));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).contains("application/vnd.nuxari.evidence-collection+jsonl");
        assertThat(answer.header("Content-Disposition"))
                .contains("attachment; filename=\"evidence-1970-01-01-%s.jsonl\"".formatted(today()));
        assertThat(packages(answer)).containsExactlyElementsOf(ids);
        assertThat(contents(answer).packages()).isEqualTo(4);
        assertThat(contents(answer).begin()).isZero();
    }

    @Test
    void packagesAreThoseThatAreExportedAlone() {
        Answer collected = auditor().get(COLLECTIONS + period(Instant.EPOCH, now()));

        List<String> alone = ids.stream()
                .map(id -> auditor().get("/evidence-packages/" + id + "/export").body())
                .toList();
        assertThat(collected.body().lines().filter(line -> line.contains("\"package\":")))
                .hasSize(4)
                .allMatch(line ->
                        alone.contains(Json.parseObject(line).object("package").canonical()));
    }

    @Test
    void periodIsWhatTheLogSaysItIs() {
        Instant second = sealedAt(1);
        Instant fourth = sealedAt(3);

        Answer answer = auditor().get(COLLECTIONS + period(second, fourth));

        assertThat(packages(answer)).containsExactly(ids.get(1), ids.get(2));
        assertThat(contents(answer).packages()).isEqualTo(2);
        assertThat(packages(auditor().get(COLLECTIONS + period(second.plusMillis(1), fourth.plusMillis(1)))))
                .containsExactly(ids.get(2), ids.get(3));
    }

    @Test
    void periodInWhichNothingHappenedIsProvenToBeEmpty() {
        Instant before = sealedAt(0).minusSeconds(60);
        Answer longAgo = auditor().get(COLLECTIONS + period(before.minusSeconds(60), before));
        assertThat(contents(longAgo)).isEqualTo(new Contents(0, 0, 0, 0, 0));

        Instant between = sealedAt(0).plusMillis(1);
        Answer moment = auditor().get(COLLECTIONS + period(between, between.plusMillis(1)));
        assertThat(contents(moment).begin()).isEqualTo(contents(moment).end()).isPositive();
    }

    @Test
    void accountSystemAndControlNarrow() {
        String all = COLLECTIONS + period(Instant.EPOCH, now());

        Answer ada = auditor().get(all + "&account=" + DIRECTORY + "/ada");
        assertThat(packages(ada)).containsExactly(ids.get(0), ids.get(3));
        assertThat(contents(ada).others()).isEqualTo(2);
        Answer database = auditor().get(all + "&connectorId=" + DATABASE);
        assertThat(packages(database)).containsExactly(ids.get(2));
        assertThat(contents(database).others()).isEqualTo(3);
        assertThat(contents(auditor().get(all + "&control=ac-5")).packages()).isEqualTo(4);
        assertThat(contents(auditor().get(all + "&connectorId=" + UUID.randomUUID()))
                        .others())
                .isEqualTo(4);
    }

    @Test
    void whatIsNoSelectionIsSaidByField() {
        String all = COLLECTIONS + period(Instant.EPOCH, now());
        Stream.of(
                        COLLECTIONS,
                        COLLECTIONS + "?from=2026-01-01T00:00:00Z",
                        COLLECTIONS + period(now(), Instant.EPOCH),
                        COLLECTIONS + "?from=2026-01-01T00:00:00.0001Z&to=2026-01-02T00:00:00Z",
                        COLLECTIONS + "?from=-1000000-01-01T00:00:00Z&to=2026-01-02T00:00:00Z",
                        all + "&control=ac-1",
                        all + "&account=ada",
                        all + "&account=" + DIRECTORY + "/",
                        all + "&account=" + DIRECTORY + "/ghp_" + "a1B2".repeat(9),
                        all + "&account=" + DIRECTORY + "/ada&control=ac-5",
                        all + "&connectorId=" + DIRECTORY + "&control=ac-5")
                .forEach(path -> {
                    Answer refused = auditor().get(path);
                    assertThat(refused.status()).as(path).isIn(400, 422);
                    assertThat(refused.problem()).as(path).isIn("invalid-field", "malformed-request");
                });
    }

    @Test
    void periodThatIsNotOverIsRefusedAndThatIsOnRecord() {
        Answer refused = auditor().get(COLLECTIONS + period(Instant.EPOCH, now().plusSeconds(60)));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.problem()).isEqualTo("period-not-over");
        assertThat(lastEvent().string("outcome")).isEqualTo("refused");
    }

    @Test
    void periodThatIsTooLongIsRefusedWithOneThatFits() {
        var caller = organization.caller(doorkeeper, Role.AUDITOR);
        var selector = new EvidenceSelector(Instant.EPOCH, now(), new EvidenceSelector.Anything());

        assertThatThrownBy(() -> collections.prepare(organization.id(), caller, selector, 2))
                .isInstanceOfSatisfying(ProblemException.class, refused -> {
                    assertThat(refused.type()).isEqualTo(EvidenceProblem.PERIOD_TOO_LONG);
                    assertThat(refused).hasMessageContaining("up to " + sealedAt(2));
                });
        assertThat(lastEvent().string("outcome")).isEqualTo("refused");
        var fitting = new EvidenceSelector(Instant.EPOCH, sealedAt(2), new EvidenceSelector.Anything());
        assertThat(collections.prepare(organization.id(), caller, fitting, 2)).isNotNull();
    }

    @Test
    void whoTookWhatAwayIsOnRecord() {
        Instant to = now();
        auditor().get(COLLECTIONS + period(Instant.EPOCH, to) + "&connectorId=" + DATABASE);

        Json.Obj event = lastEvent();
        assertThat(event.string("action")).isEqualTo("evidence.collect");
        assertThat(event.string("outcome")).isEqualTo("succeeded");
        assertThat(event.object("actor").string("id"))
                .isEqualTo(organization.member(Role.AUDITOR).id().toString());
        assertThat(event.object("metadata").object("selector"))
                .isEqualTo(Json.object("from", Instant.EPOCH, "to", to, "connectorId", DATABASE));
    }

    @Test
    void collectionOfOneOrganizationDoesNotPassForThatOfAnother() {
        TestOrganization other = TestOrganization.fresh();
        KeyManifest root = KeyManifest.parse(http.as(other.member(Role.AUDITOR))
                .get("/log/" + other.id() + "/keys")
                .json());

        assertThat(verify(auditor().get(COLLECTIONS + period(Instant.EPOCH, now())), root))
                .isInstanceOf(EvidenceCollectionVerification.Refuted.class);
    }

    @Test
    @Claim("T4")
    void systemOfAnotherOrganizationSelectsNothing() {
        TestOrganization other = TestOrganization.fresh();
        String theirs = UUID.randomUUID().toString();
        String sealed = new RejectedWish(other.id(), theirs, "ada")
                .seal(evidence, redactor, other.caller(doorkeeper, Role.ADMIN))
                .toString();
        LockSupport.parkNanos(Duration.ofMillis(3).toNanos());
        String all = COLLECTIONS + period(Instant.EPOCH, now());

        Answer answer = auditor().get(all + "&connectorId=" + theirs);

        assertThat(contents(answer)).isEqualTo(contents(auditor().get(all + "&connectorId=" + UUID.randomUUID())));
        assertThat(contents(answer).packages()).isZero();
        assertThat(answer.body()).doesNotContain(sealed, other.id().toString());
    }

    private void seal(String connector, String account) {
        ids.add(new RejectedWish(organization.id(), connector, account)
                .seal(evidence, redactor, organization.caller(doorkeeper, Role.ADMIN))
                .toString());
        // So that no two are sealed in the same millisecond, nor in neighbouring ones.
        LockSupport.parkNanos(Duration.ofMillis(3).toNanos());
    }

    private Instant sealedAt(int number) {
        return auditor().get("/audit-events?action=evidence.seal").items().reversed().stream()
                .map(event -> Instant.parse(event.string("at")))
                .toList()
                .get(number);
    }

    private static Instant now() {
        return Instant.ofEpochMilli(System.currentTimeMillis());
    }

    private static String today() {
        return now().toString().substring(0, 10);
    }

    private static String period(Instant from, Instant to) {
        return "?from=" + from + "&to=" + to;
    }

    private Json.Obj lastEvent() {
        long sequence =
                auditor().get("/audit-events?limit=1").items().getFirst().integer("sequence");
        return auditor().get("/audit-events/" + sequence).json().object("event");
    }

    private static List<String> packages(Answer answer) {
        return answer.body()
                .lines()
                .map(Json::parseObject)
                .filter(line -> line.has("package"))
                .map(line -> line.object("package").string("packageId"))
                .toList();
    }

    private Contents contents(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        KeyManifest root = KeyManifest.parse(
                auditor().get("/log/" + organization.id() + "/keys").json());
        EvidenceCollectionVerification verification = verify(answer, root);
        assertThat(verification).isInstanceOf(Verified.class);
        return ((Verified) verification).summary().contents();
    }

    private static EvidenceCollectionVerification verify(Answer answer, KeyManifest root) {
        try {
            return EvidenceCollectionVerifier.verify(
                    new ByteArrayInputStream(answer.body().getBytes(UTF_8)), Optional.of(root));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TestHttp.Session auditor() {
        return http.as(organization.member(Role.AUDITOR));
    }
}
