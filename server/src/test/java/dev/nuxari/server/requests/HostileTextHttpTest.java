package dev.nuxari.server.requests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.requests.RequestGround.Ground;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestDatabase;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestPolicy;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Text that is JSON and that no database keeps: refused before anything is written, in every field that takes text. */
@ServerTest
class HostileTextHttpTest {
    @Autowired
    TestHttp http;

    @Autowired
    RequestGround grounds;

    @Autowired
    ManualClock clock;

    @SuppressWarnings("NullAway.Init")
    private Ground ground;

    @BeforeEach
    void givenObservedSystems() {
        ground = grounds.fresh();
    }

    @AfterEach
    void clockIsRight() {
        clock.reset();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "needed\\u0000for", "\\ud800", "\\udc00\\ud800", "needed \\uDBFF."})
    void justification(String text) {
        unchanged(() -> as(Role.REQUESTER)
                .post(
                        "/requests",
                        "{'entitlementId': '%s', 'justification': '%s'}"
                                .formatted(ground.entitlement("wiki").id(), text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "a\\ud800b"})
    void everyOtherFieldThatTakesText(String text) {
        Json.Obj request = as(Role.REQUESTER)
                .post(
                        "/requests",
                        "{'entitlementId': '%s', 'justification': 'work'}"
                                .formatted(ground.entitlement("wiki").id()))
                .json();

        unchanged(() -> as(Role.APPROVER)
                .post(
                        "/approvals/" + request.string("approvalId") + "/decisions",
                        "{'verdict': 'approve', 'reason': '%s', 'planHash': '%s'}"
                                .formatted(text, request.string("planHash"))));
        for (int place = 0; place < 4; place++) {
            List<String> words = new ArrayList<>(List.of("name", "ldaps://ldap.example", "password", "x"));
            words.set(place, text);
            unchanged(() -> as(Role.ADMIN)
                    .post(
                            "/connectors",
                            "{'kind': 'ldap', 'name': '%s', 'settings': {'url': '%s'}, 'credentials': {'%s': '%s'}}"
                                    .formatted(words.toArray())));
        }
        unchanged(() -> as(Role.ADMIN)
                .with("If-Match", "\"1\"")
                .patch("/entitlements/" + ground.entitlement("wiki").id(), "{'description': '%s'}".formatted(text)));
        unchanged(() -> as(Role.OWNER)
                .with("If-Match", "\"1\"")
                .send(
                        "PUT",
                        "/identity-policy",
                        TestPolicy.with("{'emailDomainAllowlist': ['XXX']}").replace("XXX", text)));
        unchanged(() -> as(Role.OWNER)
                .post(
                        "/directories",
                        "{'name': 'D%s', 'defaultRole': 'readonly', 'ceiling': 'readonly'}".formatted(text)));
        unchanged(() -> as(Role.OWNER).post("/domains", "{'domain': 'acme%s.example'}".formatted(text)));
    }

    @Test
    void bytesThatAreNotUtf8() {
        byte[] body = "{\"entitlementId\": \"%s\", \"justification\": \"\u00ff\u00fe\u00c0\u0080\"}"
                .formatted(ground.entitlement("wiki").id())
                .getBytes(ISO_8859_1);

        unchanged(() -> as(Role.REQUESTER)
                .with("Idempotency-Key", "not-utf-8")
                .with("Content-Type", "application/json")
                .exchange("POST", "/requests", BodyPublishers.ofByteArray(body)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/members?query=%00",
                "/accounts?query=a%00b",
                "/entitlements?query=%00",
                "/agents?query=%00",
                "/audit-events?actor=%00",
                "/audit-events?action=%00",
                "/audit-events?targetId=%00",
                "/members?cursor=AA"
            })
    void parameter(String path) {
        unchanged(() -> as(Role.ADMIN).get(path));
    }

    /** The log's order is that of the sequence; its times are what the clock said. */
    @Test
    void clockThatIsSetBackBetweenTwoActions() {
        String wish = wish();
        Json.Obj request = as(Role.REQUESTER).post("/requests", wish).json();
        Json.Obj before = Json.parseObject(ground.lastEvent());
        clock.advance(Duration.ofSeconds(-10));

        Answer second = as(Role.APPROVER).post("/requests", wish);
        Answer decision = as(Role.APPROVER)
                .post(
                        "/approvals/" + request.string("approvalId") + "/decisions",
                        "{'verdict': 'reject', 'reason': 'no', 'planHash': '%s'}"
                                .formatted(request.string("planHash")));

        assertThat(second.status()).as(second.body()).isEqualTo(201);
        assertThat(decision.status()).as(decision.body()).isLessThan(300);
        Json.Obj after = Json.parseObject(ground.lastEvent());
        assertThat(after.string("at")).isLessThan(before.string("at"));
        assertThat(after.integer("sequence")).isGreaterThan(before.integer("sequence"));
        assertThat(ground.outcomes("request.submit")).containsExactly("succeeded", "succeeded");
        assertThat(ground.outcomes("approval.decide")).containsExactly("succeeded");
    }

    /** The database does not open for a ticket of long ago, and its own clock decides what that is. */
    @Test
    void clockThatIsHoursBehindTheDatabaseOpensNoDoor() {
        String wish = wish();
        List<Integer> before = ground.rows();
        long events = head();
        clock.advance(Duration.ofHours(-3));

        Answer answer = as(Role.REQUESTER).post("/requests", wish);

        assertThat(answer.problem()).as(answer.body()).isEqualTo("unavailable");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(ground.rows()).isEqualTo(before);
        assertThat(head()).isEqualTo(events);
    }

    private String wish() {
        return "{'entitlementId': '%s', 'justification': 'work'}"
                .formatted(ground.entitlement("wiki").id());
    }

    private void unchanged(Supplier<Answer> call) {
        List<Integer> before = ground.rows();
        long events = head();

        Answer answer = call.get();

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.problem()).isIn("invalid-field", "malformed-json");
        assertThat(ground.rows()).isEqualTo(before);
        assertThat(head()).isEqualTo(events);
    }

    /** What is refused before it is understood is not the log's business, and must not leave half an event there. */
    private long head() {
        return TestDatabase.beyondTheWalls()
                .sql("SELECT size FROM audit_head WHERE organization_id = ?")
                .param(ground.organization().id().value())
                .query((row, _) -> row.getLong(1))
                .single();
    }

    private TestHttp.Session as(Role role) {
        return http.as(ground.organization().member(role));
    }
}
