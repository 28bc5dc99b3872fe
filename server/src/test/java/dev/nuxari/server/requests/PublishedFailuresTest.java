package dev.nuxari.server.requests;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.requests.RequestGround.Ground;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestBroker;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestMember;
import java.net.URI;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Failures that were published about systems of this kind, each replayed against this one. The batch that starves others is
 * replayed in {@code fairness} and {@code TimerSharesTest}, the session that outlives a password in
 * {@code BrokerLogoutHttpTest}.
 */
@ServerTest
class PublishedFailuresTest {
    private static final String WISH = "{'entitlementId': '%s', 'accountId': '%s', 'justification': 'on the team now'}";

    @Autowired
    TestHttp http;

    @Autowired
    RequestGround grounds;

    @Autowired
    OrganizationScope scope;

    @Autowired
    OrganizationJdbc jdbc;

    @SuppressWarnings("NullAway.Init")
    private TwoOrganizations both;

    @BeforeEach
    void givenTwoOrganizations() {
        both = TwoOrganizations.fresh(grounds, http);
    }

    /** The page of a record checked its owner; the list, the export or the page of a part of it did not. */
    @Test
    @Claim("T5")
    void secondWayToAnObjectAsksWhoseItIsToo() {
        Ground mine = both.mine();
        TestMember stranger = mine.organization().enrol("stranger", Role.REQUESTER);
        TestHttp.Session session = http.as(stranger);

        assertThat(session.get("/requests/" + own("request")).problem()).isEqualTo("no-such-request");
        assertThat(session.post("/requests/" + own("request") + "/cancellations", "{}")
                        .problem())
                .isEqualTo("no-such-request");
        assertThat(session.get("/workflows/" + own("workflow")).problem()).isEqualTo("no-such-workflow");
        assertThat(session.get("/requests").items()).isEmpty();
        assertThat(session.get("/requests?mine=false&state=submitted").items()).isEmpty();
        assertThat(session.get("/workflows").items()).isEmpty();
        for (String elsewhere : List.of(
                "/approvals/" + own("approval"),
                "/approvals",
                "/evidence-packages/" + own("package"),
                "/evidence-packages/" + own("package") + "/export",
                "/audit-events",
                "/audit-events/0",
                "/log/" + mine.organization().id() + "/checkpoint")) {
            assertThat(session.get(elsewhere).problem()).as(elsewhere).isEqualTo("not-permitted");
        }
    }

    /** The server looked up whose the object was, and made that the scope of the request. */
    @Test
    @Claim({"T1", "T2"})
    void objectDoesNotChooseTheOrganization() {
        TestHttp.Session owner = owner();
        String theirs = "/api/v1/organizations/" + foreign("organization");

        for (String path : List.of(
                "/requests/" + foreign("request"),
                "/approvals/" + foreign("approval"),
                "/workflows/" + foreign("workflow"),
                "/connectors/" + foreign("connector"),
                "/evidence-packages/" + foreign("package") + "/export")) {
            assertThat(owner.get(path).status()).as(path).isEqualTo(404);
            assertThat(owner.get(theirs + path).problem()).as(path).isEqualTo("no-such-organization");
        }
        for (String query : List.of("organizationId", "organization", "organization_id", "tenant")) {
            assertThat(owner.get("/requests?limit=200&" + query + "=" + foreign("organization"))
                            .body())
                    .as(query)
                    .doesNotContain(foreign("request"));
            assertThat(owner.post(
                                    "/requests",
                                    "{'%s': '%s', 'entitlementId': '%s', 'justification': 'x'}"
                                            .formatted(query, foreign("organization"), own("entitlement")))
                            .problem())
                    .as(query)
                    .isEqualTo("unknown-field");
        }
    }

    /** The parent in the path was authorized, the related object in the body was taken as it came. */
    @Test
    @Claim({"T1", "T2"})
    void relatedObjectIsLookedForWhereTheParentIs() {
        assertThat(owner().post("/requests", WISH.formatted(own("entitlement"), foreign("account")))
                        .problem())
                .isEqualTo("no-such-account");
        assertThat(owner().post("/requests", WISH.formatted(foreign("entitlement"), own("account")))
                        .problem())
                .isEqualTo("no-such-entitlement");
        assertThat(baseline(own("connector"), foreign("observation")).problem()).isEqualTo("no-such-observation");
        assertThat(baseline(foreign("connector"), own("observation")).status()).isEqualTo(404);
    }

    /** The same within one organization: the related object belonged to another parent. */
    @Test
    void relatedObjectOfAnotherParentIsNotTaken() {
        String otherConnector = requireNonNull(beyondTheWalls()
                .sql("SELECT connector_id::text FROM connector WHERE organization_id = ? AND name = 'Database'")
                .param(both.mine().organization().id().value())
                .query((row, _) -> row.getString(1))
                .single());
        String otherObservation = requireNonNull(beyondTheWalls()
                .sql("SELECT observation_id::text FROM observation WHERE connector_id = ?")
                .param(UUID.fromString(otherConnector))
                .query((row, _) -> row.getString(1))
                .single());

        assertThat(baseline(own("connector"), otherObservation).problem()).isEqualTo("no-such-observation");
        assertThat(owner().post(
                                "/requests",
                                WISH.formatted(
                                        both.mine().entitlement("reports").id(), own("account")))
                        .problem())
                .isEqualTo("entitlement-of-another-system");
    }

    /** The key of a foreign object was stored without a look, and reading one's own object showed what it pointed to. */
    @Test
    @Claim({"T1", "T4"})
    void keyOfAForeignObjectCannotBeStored() {
        Map<String, String> row =
                Map.of("account", own("account"), "entitlement", own("entitlement"), "connector", own("connector"));
        for (String kind : row.keySet()) {
            String foreign = refusalOfTheDatabase(row, kind, foreign(kind));
            String missing = refusalOfTheDatabase(row, kind, UUID.randomUUID().toString());

            assertThat(foreign).as(kind).isEqualTo(missing).contains("violates foreign key constraint");
        }
    }

    /** Who signs was a field of the form. */
    @Test
    @Claim("T5")
    void actorIsNotWhatTheClientSays() {
        TestMember admin = both.mine().organization().member(Role.ADMIN);

        for (String field :
                List.of("by", "member", "memberId", "actor", "approver", "role", "decidedBy", "at", "stage")) {
            assertThat(owner().post(
                                    "/approvals/" + own("approval") + "/decisions",
                                    "{'verdict': 'approve', 'reason': 'x', 'planHash': '%s', '%s': '%s'}"
                                            .formatted("a".repeat(64), field, admin.id()))
                            .problem())
                    .as(field)
                    .isEqualTo("unknown-field");
        }
        for (String field : List.of("requester", "requesterId", "beneficiary", "beneficiaryId", "risk", "approvalId")) {
            assertThat(owner().post(
                                    "/requests",
                                    "{'entitlementId': '%s', 'justification': 'x', '%s': '%s'}"
                                            .formatted(own("entitlement"), field, admin.id()))
                            .problem())
                    .as(field)
                    .isEqualTo("unknown-field");
        }
    }

    /** A header that a proxy would have set was believed when a client set it. */
    @Test
    @Claim("T5")
    void headersNameNobody() {
        TestMember readonly = both.mine().organization().member(Role.READONLY);
        TestMember owner = both.mine().organization().member(Role.OWNER);
        Map<String, String> claimed = Map.ofEntries(
                Map.entry("X-Forwarded-User", owner.subject()),
                Map.entry("X-Forwarded-Email", owner.email()),
                Map.entry("X-Forwarded-Groups", "owner"),
                Map.entry("X-Auth-Request-User", owner.subject()),
                Map.entry("X-Remote-User", owner.subject()),
                Map.entry("Remote-User", owner.subject()),
                Map.entry("X-User-Id", owner.id().toString()),
                Map.entry("X-Member-Id", owner.id().toString()),
                Map.entry("X-Role", "owner"),
                Map.entry("X-Organization-Id", foreign("organization")),
                Map.entry("X-Tenant-Id", foreign("organization")),
                Map.entry("X-Original-URL", "/api/v1/organizations/" + foreign("organization")),
                Map.entry("X-Rewrite-URL", "/api/v1/organizations/" + foreign("organization")),
                Map.entry("X-HTTP-Method-Override", "DELETE"));
        TestHttp.Session session = http.as(readonly);
        TestHttp.Session nobody = http.anonymous();
        for (Map.Entry<String, String> header : claimed.entrySet()) {
            session = session.with(header.getKey(), header.getValue());
            nobody = nobody.with(header.getKey(), header.getValue());
        }

        Json.Obj me = session.get("/api/v1/me").json();

        assertThat(me.string("memberId")).isEqualTo(readonly.id().toString());
        assertThat(me.string("role")).isEqualTo("readonly");
        assertThat(me.object("organization").string("id")).isEqualTo(own("organization"));
        assertThat(session.get("/audit-events").problem()).isEqualTo("not-permitted");
        assertThat(nobody.get("/api/v1/me").problem()).isEqualTo("unauthenticated");
    }

    /** Whoever was suspended stayed in until the session ran out. */
    @ParameterizedTest
    @ValueSource(strings = {"suspended", "deprovisioned", "invited"})
    @Claim("I3")
    void openSessionAndTokenEndWithTheMembership(String state) {
        TestMember leaving = both.mine().organization().enrol("leaving", Role.ADMIN);
        List<TestHttp.Session> open = List.of(http.browserOf(leaving), http.as(leaving));
        assertThat(open)
                .allSatisfy(
                        session -> assertThat(session.get("/members").status()).isEqualTo(200));

        beyondTheWalls()
                .sql("UPDATE member SET state = ? WHERE member_id = ?")
                .params(state, leaving.id().value())
                .update();

        assertThat(open)
                .allSatisfy(
                        session -> assertThat(session.get("/members").problem()).isEqualTo("not-a-member"));
    }

    /** The check for a path of one's own looked at the text; the browser or a proxy straightened it into another address. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../\\evil.example",
                "/..\\/evil.example",
                "/..//evil.example",
                "/.//evil.example",
                "/x/..//evil.example",
                "/\\evil.example",
                "/\\/evil.example",
                "\\/evil.example",
                "\\\\evil.example",
                "//evil.example",
                "///evil.example",
                "////evil.example",
                "/\t/evil.example",
                "/\n/evil.example",
                "\t//evil.example",
                " //evil.example",
                "/ /evil.example",
                "/%2fevil.example",
                "/%2F%2Fevil.example",
                "/%5cevil.example",
                "/%5C%5Cevil.example",
                "/%2e%2e//evil.example",
                "/%252fevil.example",
                "/%09/evil.example",
                "/x/../..//evil.example",
                "/requests//evil.example",
                "https:evil.example",
                "https:/evil.example",
                "https://evil.example",
                "HTTPS://evil.example",
                "//localhost:8080@evil.example/",
                "http://localhost:8080@evil.example/",
                "http://localhost:8080.evil.example/",
                "javascript:alert(1)",
                "data:text/html,x",
                "/\u0000/evil.example",
                "/\u2028/evil.example",
                "\u3000//evil.example",
                "/\uff0fevil.example"
            })
    void nobodyIsSentElsewhereAfterSigningIn(String returnTo) {
        assertThat(signInReturningTo(returnTo).header("Location")).contains("/");
    }

    /** What a person typed is still where they come back to. */
    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/requests", "/requests?state=open&next=//x", "/approvals/0199-a?x=%2f#plan", "/a.b/..c"})
    void pageOfTheConsoleIsReturnedTo(String returnTo) {
        assertThat(signInReturningTo(returnTo).header("Location")).contains(returnTo);
    }

    /** Where to go after signing out, and where the broker answers to, were taken from the request. */
    @Test
    void requestDoesNotChooseWhereSigningInAndOutLead() {
        String cookie = http.signIn(both.mine().organization().member(Role.OWNER));
        TestHttp.Session browser = elsewhere(http.anonymous().with("Cookie", cookie));
        String token = browser.get("/api/v1/me").json().string("csrfToken");

        Answer out = browser.with("X-CSRF-Token", token)
                .send("POST", "/logout?post_logout_redirect_uri=https://evil.example/&returnTo=//evil.example", "{}");
        Answer in = elsewhere(http.anonymous()).get("/login/start?redirect_uri=https://evil.example/&returnTo=/");

        assertThat(Stream.of(out.body(), in.header("Location").orElseThrow()))
                .noneMatch(text -> text.contains("evil.example"));
        assertThat(out.json().string("location")).contains("post_logout_redirect_uri=http%3A%2F%2Flocalhost%3A8080%2F");
    }

    private static TestHttp.Session elsewhere(TestHttp.Session session) {
        return session.with("X-Forwarded-Host", "evil.example")
                .with("X-Forwarded-Proto", "https")
                .with("Forwarded", "host=evil.example;proto=https");
    }

    private Answer signInReturningTo(String returnTo) {
        TestMember owner = both.mine().organization().member(Role.OWNER);
        Answer start = http.anonymous().get("/login/start?returnTo=" + URLEncoder.encode(returnTo, UTF_8));
        URI back = TestBroker.instance()
                .signIn(owner, URI.create(start.header("Location").orElseThrow()));
        return http.anonymous()
                .with("Cookie", start.cookie("nuxari_login"))
                .get(back.getPath() + "?" + back.getRawQuery());
    }

    private Answer baseline(String connector, String observation) {
        return owner().post(
                        "/connectors/" + connector + "/baselines",
                        "{'observationId': '%s', 'justification': 'as it should be'}".formatted(observation));
    }

    /** Hand-written SQL in the server's own scope; answers what it is told, without the ids. */
    private String refusalOfTheDatabase(Map<String, String> row, String kind, String id) {
        Caller caller = both.mine().caller(Role.OWNER);
        DataIntegrityViolationException refused = catchThrowableOfType(
                DataIntegrityViolationException.class,
                () -> scope.run(
                        caller.organization(),
                        caller,
                        () -> jdbc.sql("""
                        INSERT INTO observed_assignment (organization_id, account_id, entitlement_id, connector_id, since)
                        VALUES (:organizationId, :account, :entitlement, :connector, now())
                        """)
                                .param("account", UUID.fromString(kind.equals("account") ? id : row.get("account")))
                                .param(
                                        "entitlement",
                                        UUID.fromString(kind.equals("entitlement") ? id : row.get("entitlement")))
                                .param(
                                        "connector",
                                        UUID.fromString(kind.equals("connector") ? id : row.get("connector")))
                                .update()));
        return String.valueOf(refused.getMostSpecificCause().getMessage()).replace(id, "ID");
    }

    private TestHttp.Session owner() {
        return http.as(both.mine().organization().member(Role.OWNER));
    }

    private String own(String kind) {
        return requireNonNull(both.own().get(kind), kind);
    }

    private String foreign(String kind) {
        return requireNonNull(both.foreign().get(kind), kind);
    }
}
