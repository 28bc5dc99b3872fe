package dev.nuxari.server.identity;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.NuxariServer;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestMember;
import dev.nuxari.server.testing.TestOrganization;
import dev.nuxari.server.testing.TestPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Seeing in which browsers somebody is signed in, and signing them out there. */
@ServerTest
class MemberSessionHttpTest {
    private static final String ME = "/api/v1/me";

    @Autowired
    TestHttp http;

    @Autowired
    ManualClock clock;

    private TestOrganization organization = TestOrganization.fresh();
    private TestMember approver = organization.member(Role.APPROVER);

    @BeforeEach
    void givenOrganization() {
        organization = TestOrganization.fresh();
        approver = organization.member(Role.APPROVER);
    }

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    @Test
    void oneSeesInWhichBrowsersOneIsSignedInAndWhichIsThisOne() {
        http.browserOf(approver);
        TestHttp.Session here = http.browserOf(approver);

        List<Json.Obj> seen = here.get(sessions(approver)).items();

        assertThat(seen).hasSize(2);
        Json.Obj current = seen.getFirst();
        assertThat(current.bool("current")).isTrue();
        assertThat(seen.getLast().bool("current")).isFalse();
        assertThat(current.string("address")).isEqualTo("127.0.0.1");
        assertThat(current.string("method")).isEqualTo("password");
        assertThat(current.bool("secondFactor")).isFalse();
        assertThat(Instant.parse(current.string("begunAt")))
                .isEqualTo(Instant.parse(current.string("lastSeenAt")))
                .isBefore(Instant.parse(current.string("expiresAt")));
    }

    @Test
    void sessionsComeInPages() {
        for (int i = 0; i < 3; i++) {
            http.signIn(approver);
        }
        TestHttp.Session me = http.as(approver);

        Answer first = me.get(sessions(approver) + "?limit=2");
        Answer second =
                me.get(sessions(approver) + "?limit=2&cursor=" + first.json().string("nextCursor"));

        assertThat(first.items()).hasSize(2);
        assertThat(second.items()).hasSize(1).doesNotContainAnyElementsOf(first.items());
    }

    /** What the terms end with the next request is not shown as if it were of any use. */
    @Test
    @Claim("I6")
    void sessionThatThePolicyHasEndedIsNoneAndItsEndIsShownInTime() {
        http.signIn(approver);
        TestHttp.Session owner = as(Role.OWNER);
        Answer changed = owner.with("If-Match", "\"1\"")
                .send("PUT", "/identity-policy", TestPolicy.with("{'sessionMaxAge': 'PT30M', 'idleTimeout': 'PT10M'}"));
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);

        Json.Obj seen = owner.get(sessions(approver)).items().getFirst();
        assertThat(Duration.between(Instant.parse(seen.string("begunAt")), Instant.parse(seen.string("expiresAt"))))
                .isBetween(Duration.ofMinutes(29), Duration.ofMinutes(30));

        clock.advance(Duration.ofMinutes(11));
        assertThat(owner.get(sessions(approver)).items()).isEmpty();
    }

    @Test
    @Claim("I3")
    void endedSessionIsOutWithTheNextRequest() {
        TestHttp.Session lost = http.browserOf(approver);
        TestHttp.Session here = http.browserOf(approver);
        String id = other(here);

        Answer ended = here.send("DELETE", sessions(approver) + "/" + id, null);

        assertThat(ended.status()).isEqualTo(204);
        assertThat(lost.get(ME).problem()).isEqualTo("unauthenticated");
        assertThat(here.get(ME).status()).isEqualTo(200);
        assertThat(here.get(sessions(approver)).items()).hasSize(1);
        assertThat(lastEvents(1)).containsExactly(end(approver, id, approver));
        assertThat(rows(id)).isEqualTo(1);
    }

    @Test
    @Claim("I3")
    void everythingElseIsSignedOutAtOnce() {
        TestHttp.Session first = http.browserOf(approver);
        TestHttp.Session second = http.browserOf(approver);
        TestHttp.Session here = http.browserOf(approver);
        TestHttp.Session somebodyElse = http.browserOf(organization.member(Role.REQUESTER));

        Answer answer = here.post(signOuts(approver), "{'keepCurrent': true}");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().integer("ended")).isEqualTo(2);
        assertThat(first.get(ME).problem()).isEqualTo("unauthenticated");
        assertThat(second.get(ME).problem()).isEqualTo("unauthenticated");
        assertThat(here.get(ME).status()).isEqualTo(200);
        assertThat(somebodyElse.get(ME).status()).isEqualTo(200);
        assertThat(here.post(signOuts(approver), "{}").json().integer("ended")).isEqualTo(1);
        assertThat(here.get(ME).problem()).isEqualTo("unauthenticated");
    }

    @Test
    @Claim("I3")
    void administratorSignsAMemberOutAndTheLogSaysWhom() {
        TestHttp.Session browser = http.browserOf(approver);
        String id = as(Role.ADMIN).get(sessions(approver)).items().getFirst().string("id");

        Answer answer = as(Role.ADMIN).post(signOuts(approver), "{'keepCurrent': true}");

        assertThat(answer.json().integer("ended")).isEqualTo(1);
        assertThat(browser.get(ME).problem()).isEqualTo("unauthenticated");
        assertThat(lastEvents(1)).containsExactly(end(organization.member(Role.ADMIN), id, approver));
    }

    @Test
    @Claim("T5")
    void administratorSeesAnOwnersSessionsAndDoesNotEndThem() {
        TestMember owner = organization.member(Role.OWNER);
        TestHttp.Session browser = http.browserOf(owner);
        TestHttp.Session admin = as(Role.ADMIN);
        String id = admin.get(sessions(owner)).items().getFirst().string("id");

        assertThat(admin.send("DELETE", sessions(owner) + "/" + id, null).problem())
                .isEqualTo("owner-protected");
        assertThat(admin.post(signOuts(owner), "{}").problem()).isEqualTo("owner-protected");

        assertThat(browser.get(ME).status()).isEqualTo(200);
        assertThat(lastEvents(2))
                .containsExactly(
                        "session.end refused %s session %s {\"memberId\":\"%s\",\"refusal\":\"owner-protected\"}"
                                .formatted(organization.member(Role.ADMIN).id(), id, owner.id()),
                        "session.end refused %s member %s {\"memberId\":\"%s\",\"refusal\":\"owner-protected\"}"
                                .formatted(organization.member(Role.ADMIN).id(), owner.id(), owner.id()));
    }

    /** From where others sign in is not among what an auditor or an approver reads of them. */
    @ParameterizedTest
    @Claim("T5")
    @EnumSource(names = {"APPROVER", "REQUESTER", "AUDITOR", "READONLY"})
    void othersSessionsAreNoneToWhoDoesNotManageMembers(Role role) {
        TestMember owner = organization.member(Role.OWNER);
        TestHttp.Session browser = http.browserOf(owner);
        String id = browser.get(sessions(owner)).items().getFirst().string("id");

        assertThat(as(role).get(sessions(owner)).problem()).isEqualTo("no-such-member");
        assertThat(as(role).send("DELETE", sessions(owner) + "/" + id, null).problem())
                .isEqualTo("no-such-member");
        assertThat(as(role).post(signOuts(owner), "{}").problem()).isEqualTo("no-such-member");
        assertThat(browser.get(ME).status()).isEqualTo(200);
    }

    @Test
    @Claim("T4")
    void foreignUnknownAndEndedLookAlike() {
        TestHttp.Session here = http.browserOf(approver);
        http.signIn(approver);
        String ended = other(here);
        here.send("DELETE", sessions(approver) + "/" + ended, null);
        TestOrganization elsewhere = TestOrganization.fresh();
        TestHttp.Session foreignBrowser = http.browserOf(elsewhere.member(Role.APPROVER));
        String foreign = foreignBrowser
                .get(sessions(elsewhere.member(Role.APPROVER)))
                .items()
                .getFirst()
                .string("id");
        TestHttp.Session colleague = http.browserOf(organization.member(Role.REQUESTER));
        String colleagues = colleague
                .get(sessions(organization.member(Role.REQUESTER)))
                .items()
                .getFirst()
                .string("id");

        List<Answer> answers = List.of(
                        ended, foreign, colleagues, UUID.randomUUID().toString())
                .stream()
                .map(id -> here.send("DELETE", sessions(approver) + "/" + id, null))
                .toList();

        assertThat(answers).extracting(Answer::problem).containsOnly("no-such-session");
        assertThat(answers)
                .extracting(answer -> answer.json().without("traceId").without("instance"))
                .allSatisfy(body -> assertThat(body)
                        .isEqualTo(answers.getFirst().json().without("traceId").without("instance")));
        assertThat(foreignBrowser.get(ME).status()).isEqualTo(200);
        assertThat(colleague.get(ME).status()).isEqualTo(200);
    }

    @Test
    @Claim("I3")
    void anotherRoleSignsOutAndTheLogSaysHowOften() {
        TestHttp.Session one = http.browserOf(approver);
        TestHttp.Session two = http.browserOf(approver);

        patch(Role.ADMIN, approver, "{'role': 'auditor'}", 1);

        assertThat(one.get(ME).problem()).isEqualTo("unauthenticated");
        assertThat(two.get(ME).problem()).isEqualTo("unauthenticated");
        assertThat(lastEvents(1).getFirst())
                .startsWith("member.change succeeded")
                .endsWith("{\"sessionsEnded\":2}");
        assertThat(http.browserOf(approver).get("/audit-head").status()).isEqualTo(200);
    }

    @Test
    @Claim("I3")
    void ownerWhoStepsDownIsSignedOutToo() {
        TestMember owner = organization.member(Role.OWNER);
        organization.enrol("second", Role.OWNER);
        TestHttp.Session browser = http.browserOf(owner);

        Answer stepped = browser.with("If-Match", "\"1\"").patch("/members/" + owner.id(), "{'role': 'requester'}");

        assertThat(stepped.status()).isEqualTo(200);
        assertThat(browser.get(ME).problem()).isEqualTo("unauthenticated");
        assertThat(lastEvents(1).getFirst()).endsWith("{\"sessionsEnded\":1}");
    }

    @Test
    void whoeverKeepsTheirRoleKeepsTheirSession() {
        TestHttp.Session browser = http.browserOf(approver);

        patch(Role.ADMIN, approver, "{'role': 'approver'}", 1);

        assertThat(browser.get(ME).status()).isEqualTo(200);
    }

    @Test
    void cookieAloneEndsNoSession() {
        TestHttp.Session cookieOnly = http.anonymous().with("Cookie", http.signIn(approver));
        String base = "/api/v1/organizations/" + organization.id();
        String id = cookieOnly.get(base + sessions(approver)).items().getFirst().string("id");

        assertThat(cookieOnly
                        .send("DELETE", base + sessions(approver) + "/" + id, null)
                        .problem())
                .isEqualTo("csrf-token-missing");
        assertThat(cookieOnly.post(base + signOuts(approver), "{}").problem()).isEqualTo("csrf-token-missing");
        assertThat(cookieOnly.get(ME).status()).isEqualTo(200);
    }

    /** A sign of life that was on its way when the session ended does not bring it back. */
    @Test
    @Claim("I3")
    void useThatRacesWithTheEndDoesNotBringTheSessionBack() throws Exception {
        TestHttp.Session browser = http.browserOf(approver);
        AtomicBoolean revoked = new AtomicBoolean();
        try (ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> uses = java.util.stream.IntStream.range(0, 4)
                    .mapToObj(_ -> users.submit(() -> {
                        boolean answeredAfterTheEnd = false;
                        for (int i = 0; i < 40; i++) {
                            boolean over = revoked.get();
                            clock.advance(Duration.ofSeconds(5));
                            answeredAfterTheEnd |= browser.get(ME).status() == 200 && over;
                        }
                        return answeredAfterTheEnd;
                    }))
                    .toList();
            as(Role.ADMIN).post(signOuts(approver), "{}");
            revoked.set(true);
            for (Future<Boolean> use : uses) {
                assertThat(use.get()).isFalse();
            }
        }
        assertThat(browser.get(ME).problem()).isEqualTo("unauthenticated");
    }

    /** A server that starts later, beside this one, knows what is in the database and nothing else. */
    @Test
    @Claim({"I3", "E1"})
    void sessionOutlivesItsServerAndEndsOnEveryNode() {
        String cookie = http.signIn(approver);
        String kept = http.signIn(approver);
        try (ConfigurableApplicationContext node =
                new SpringApplicationBuilder(NuxariServer.class).run("--server.port=0")) {
            TestHttp there = node.getBean(TestHttp.class);
            TestHttp.Session browser = there.anonymous().with("Cookie", cookie);
            Answer me = browser.get(ME);
            assertThat(me.json().string("memberId")).isEqualTo(approver.id().toString());

            Answer ended = browser.with("X-CSRF-Token", me.json().string("csrfToken"))
                    .post("/api/v1/organizations/" + organization.id() + signOuts(approver), "{'keepCurrent': true}");

            assertThat(ended.json().integer("ended")).isEqualTo(1);
            assertThat(there.anonymous().with("Cookie", kept).get(ME).problem()).isEqualTo("unauthenticated");
        }
        assertThat(http.anonymous().with("Cookie", kept).get(ME).problem()).isEqualTo("unauthenticated");
        assertThat(http.anonymous().with("Cookie", cookie).get(ME).status()).isEqualTo(200);
    }

    private static String sessions(TestMember member) {
        return "/members/" + member.id() + "/sessions";
    }

    private static String signOuts(TestMember member) {
        return "/members/" + member.id() + "/sign-outs";
    }

    private TestHttp.Session as(Role role) {
        return http.as(organization.member(role));
    }

    /** The one that is not this browser's. */
    private String other(TestHttp.Session here) {
        return here.get(sessions(approver)).items().stream()
                .filter(session -> !session.bool("current"))
                .findFirst()
                .orElseThrow()
                .string("id");
    }

    private void patch(Role actor, TestMember member, String body, int version) {
        Answer changed = as(actor).with("If-Match", "\"" + version + "\"").patch("/members/" + member.id(), body);
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    }

    private static String end(TestMember by, String session, TestMember of) {
        return "session.end succeeded %s session %s {\"memberId\":\"%s\"}".formatted(by.id(), session, of.id());
    }

    private List<String> lastEvents(int count) {
        return beyondTheWalls()
                .sql("""
                        SELECT convert_from(leaf, 'UTF8') FROM (
                            SELECT * FROM audit_event WHERE organization_id = ? ORDER BY sequence DESC LIMIT ?) last
                        ORDER BY sequence
                        """)
                .params(organization.id().value(), count)
                .query((row, _) -> Json.parseObject(row.getString(1)))
                .list()
                .stream()
                .map(event -> "%s %s %s %s %s %s"
                        .formatted(
                                event.string("action"),
                                event.string("outcome"),
                                event.object("actor").string("id"),
                                event.object("target").string("type"),
                                event.object("target").string("id"),
                                event.optionalObject("metadata")
                                        .map(Json.Obj::canonical)
                                        .orElse("")))
                .toList();
    }

    private static int rows(String session) {
        return beyondTheWalls()
                .sql("SELECT count(*) FROM session WHERE session_id = ? AND ended_at IS NOT NULL")
                .param(UUID.fromString(session))
                .query((row, _) -> row.getInt(1))
                .single();
    }
}
