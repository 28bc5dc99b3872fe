package dev.nuxari.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.protocol.AuditExportVerification;
import dev.nuxari.protocol.AuditExportVerification.Verified;
import dev.nuxari.protocol.AuditExportVerifier;
import dev.nuxari.protocol.KeyManifest;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestOrganization;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a search finds is taken away as a file that verifies without the server. */
@ServerTest
@Claim({"V1", "V4"})
class AuditExportHttpTest {
    private static final String EXPORT = "/audit-events/export";

    @Autowired
    AuditLog log;

    @Autowired
    OrganizationScope scope;

    @Autowired
    Doorkeeper doorkeeper;

    @Autowired
    TestHttp http;

    private TestOrganization organization = TestOrganization.fresh();

    private enum Action implements AuditAction {
        NOTHING_HAPPEN,
        NOTHING_END
    }

    @BeforeEach
    void freshOrganization() {
        organization = TestOrganization.fresh();
    }

    @Test
    void everyEventOfALogOfSeveralTilesIsProven() {
        append(Action.NOTHING_HAPPEN, 600);
        KeyManifest root = KeyManifest.parse(
                auditor().get("/log/" + organization.id() + "/keys").json());

        Answer answer = auditor().get(EXPORT);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).contains("application/vnd.nuxari.audit-export+jsonl");
        assertThat(answer.header("Content-Disposition")).contains("attachment; filename=\"audit-601.jsonl\"");
        // The export stands in the log that it exports.
        assertThat(sequences(answer))
                .containsExactlyElementsOf(LongStream.rangeClosed(0, 600)
                        .map(index -> 600 - index)
                        .boxed()
                        .toList());
        assertThat(AuditExportVerifier.verify(bytes(answer), Optional.of(root)))
                .isInstanceOfSatisfying(Verified.class, verified -> {
                    assertThat(verified.summary().events()).isEqualTo(601);
                    assertThat(verified.summary().treeSize()).isEqualTo(601);
                    assertThat(verified.summary().filter()).isEqualTo("{}");
                });
    }

    @Test
    void exportHoldsWhatTheListFindsWithTheSameFilters() {
        append(Action.NOTHING_HAPPEN, 3);
        append(Action.NOTHING_END, 2);
        append(Action.NOTHING_HAPPEN, 1);
        String filter =
                "?action=nothing.end&actor=" + organization.member(Role.AUDITOR).id();

        Answer answer = auditor().get(EXPORT + filter);

        assertThat(sequences(answer)).containsExactly(4L, 3L);
        assertThat(auditor().get("/audit-events" + filter).items())
                .extracting(event -> event.integer("sequence"))
                .containsExactly(4L, 3L);
        assertThat(AuditExportVerifier.verify(bytes(answer), Optional.empty()))
                .isInstanceOfSatisfying(
                        Verified.class,
                        verified -> assertThat(
                                        Json.parseObject(verified.summary().filter()))
                                .isEqualTo(Json.object(
                                        "action",
                                        "nothing.end",
                                        "actor",
                                        "member:"
                                                + organization
                                                        .member(Role.AUDITOR)
                                                        .id())));
    }

    @Test
    void whoTookWhatAwayIsOnRecord() {
        append(Action.NOTHING_HAPPEN, 2);

        auditor().get(EXPORT + "?action=nothing.");

        Json.Obj event = lastEvent();
        assertThat(event.string("action")).isEqualTo("log.export");
        assertThat(event.string("outcome")).isEqualTo("succeeded");
        assertThat(event.object("actor").string("id"))
                .isEqualTo(organization.member(Role.AUDITOR).id().toString());
        assertThat(event.object("metadata"))
                .isEqualTo(Json.object("events", 2, "filter", Json.object("action", "nothing.")));
    }

    @Test
    void selectionOfNothingIsAFileToo() {
        append(Action.NOTHING_HAPPEN, 1);

        Answer answer = auditor().get(EXPORT + "?outcome=failed");

        assertThat(sequences(answer)).isEmpty();
        assertThat(AuditExportVerifier.verify(bytes(answer), Optional.empty())).isInstanceOf(Verified.class);
    }

    @Test
    void moreThanAFileHoldsIsRefusedAndThatIsOnRecord() {
        append(Action.NOTHING_HAPPEN, AuditExports.MOST_EVENTS + 1);

        Answer refused = auditor().get(EXPORT + "?action=nothing.");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.problem()).isEqualTo("export-too-large");
        assertThat(refused.json().string("detail")).contains("10000 events").contains("Narrow the filters");
        assertThat(lastEvent().string("action")).isEqualTo("log.export");
        assertThat(lastEvent().string("outcome")).isEqualTo("refused");
    }

    @Test
    void fileOfOneOrganizationDoesNotPassForThatOfAnother() {
        append(Action.NOTHING_HAPPEN, 2);
        TestOrganization other = TestOrganization.fresh();
        KeyManifest root = KeyManifest.parse(http.as(other.member(Role.AUDITOR))
                .get("/log/" + other.id() + "/keys")
                .json());

        AuditExportVerification verification =
                AuditExportVerifier.verify(bytes(auditor().get(EXPORT)), Optional.of(root));

        assertThat(verification).isInstanceOf(AuditExportVerification.Refuted.class);
    }

    private void append(Action action, int events) {
        scope.run(organization.id(), organization.caller(doorkeeper, Role.AUDITOR), () -> {
            for (int i = 0; i < events; i++) {
                log.append(AuditEvent.of(action, new Target("nothing", "none")));
            }
        });
    }

    private Json.Obj lastEvent() {
        long sequence =
                auditor().get("/audit-events?limit=1").items().getFirst().integer("sequence");
        return auditor().get("/audit-events/" + sequence).json().object("event");
    }

    private static List<Long> sequences(Answer answer) {
        return answer.body()
                .lines()
                .map(Json::parseObject)
                .filter(line -> line.has("event"))
                .map(line -> line.object("event").integer("sequence"))
                .toList();
    }

    private static byte[] bytes(Answer answer) {
        return answer.body().getBytes(UTF_8);
    }

    private TestHttp.Session auditor() {
        return http.as(organization.member(Role.AUDITOR));
    }
}
