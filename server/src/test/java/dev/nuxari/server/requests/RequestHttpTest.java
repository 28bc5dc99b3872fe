package dev.nuxari.server.requests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.requests.RequestGround.Ground;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Asking for access as callers see it: every mistake has its own problem, and changes nothing. */
@ServerTest
class RequestHttpTest {
    @Autowired
    TestHttp http;

    @Autowired
    RequestGround grounds;

    @SuppressWarnings("NullAway.Init")
    private Ground ground;

    @BeforeEach
    void givenObservedSystems() {
        ground = grounds.fresh();
    }

    @Test
    void requestShowsWhatWasAskedForAndWhereItStands() {
        Answer answer = as(Role.REQUESTER).post("/requests", wish("wiki"));

        assertThat(answer.status()).isEqualTo(201);
        Json.Obj request = answer.json();
        assertThat(request.string("state")).isEqualTo("submitted");
        assertThat(request.string("operation")).isEqualTo("grant");
        assertThat(request.string("workflowState")).isEqualTo("awaiting-approval");
        assertThat(request.string("risk")).isEqualTo("low");
        assertThat(request.object("entitlement").string("name")).isEqualTo("wiki");
        assertThat(request.object("entitlement").string("connectorName")).isEqualTo("Directory");
        assertThat(request.object("account").string("displayName")).isEqualTo("Name of requester");
        assertThat(request.object("requester").string("displayName")).isEqualTo("requester");
        assertThat(as(Role.REQUESTER).get("/requests/" + request.string("id")).json())
                .isEqualTo(request);
        assertThat(as(Role.REQUESTER).get("/requests?mine=true&state=submitted").items())
                .containsExactly(request);
        assertThat(as(Role.REQUESTER).get("/requests?state=decided").items()).isEmpty();
    }

    @Test
    void malformedRequestIsTheCallersMistakeAndChangesNothing() {
        List<Integer> before = ground.rows();
        String wiki = ground.entitlement("wiki").id().toString();

        assertThat(problem("{")).isEqualTo("malformed-json");
        assertThat(problem("{'entitlementId': '%s', 'justification': 'x', 'colour': 'red'}".formatted(wiki)))
                .isEqualTo("unknown-field");
        Stream.of(
                        "{'entitlementId': '%s'}",
                        "{'entitlementId': '%s', 'justification': ' '}",
                        "{'entitlementId': '%s', 'justification': '" + "x".repeat(2001) + "'}",
                        "{'entitlementId': '%s', 'justification': 'x', 'operation': 'borrow'}",
                        "{'entitlementId': '%s', 'justification': 'x', 'operation': 'disable'}",
                        "{'entitlementId': 'wiki %s', 'justification': 'x'}",
                        "{'justification': 'x'}",
                        "{'justification': 'x', 'operation': 'disable'}")
                .forEach(body ->
                        assertThat(problem(body.formatted(wiki))).as(body).isEqualTo("invalid-field"));

        assertThat(ground.rows()).isEqualTo(before);
        assertThat(ground.outcomes("request.submit")).isEmpty();
    }

    @Test
    void otherMediaTypesAndLargeBodiesAreNotRead() {
        assertThat(as(Role.REQUESTER)
                        .with("Content-Type", "text/plain")
                        .post("/requests", wish("wiki"))
                        .problem())
                .isEqualTo("unsupported-media-type");
        assertThat(problem("{'justification': '" + "x".repeat(1024 * 1024) + "'}"))
                .isEqualTo("body-too-large");
    }

    @Test
    void everyRefusalHasItsOwnProblem() {
        String reports = ground.entitlement("reports").id().toString();
        String requester = ground.account("requester").id().toString();
        String stranger = ground.account("stranger").id().toString();
        String wiki = ground.entitlement("wiki").id().toString();
        List<Integer> before = ground.rows();

        assertThat(refusal(404, wish(UUID.randomUUID().toString(), null))).isEqualTo("no-such-entitlement");
        assertThat(refusal(404, wish(wiki, UUID.randomUUID().toString()))).isEqualTo("no-such-account");
        assertThat(refusal(422, wish(reports, null))).isEqualTo("no-account-in-system");
        assertThat(refusal(422, wish(reports, requester))).isEqualTo("entitlement-of-another-system");
        assertThat(refusal(403, wish(wiki, stranger))).isEqualTo("not-permitted");
        assertThat(refusal(409, wish("payroll"))).isEqualTo("already-held");
        assertThat(refusal(
                        409, "{'entitlementId': '%s', 'operation': 'revoke', 'justification': 'left'}".formatted(wiki)))
                .isEqualTo("not-held");

        assertThat(ground.rows()).isEqualTo(before);
        assertThat(ground.outcomes("request.submit")).hasSize(7).containsOnly("refused");
    }

    @Test
    void repeatedKeyAsksOnce() {
        var session =
                as(Role.REQUESTER).with("Idempotency-Key", UUID.randomUUID().toString());

        Answer first = session.post("/requests", wish("wiki"));
        Answer second = session.post("/requests", wish("wiki"));

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.json().string("id")).isEqualTo(first.json().string("id"));
        assertThat(session.post("/requests", wish("domain admins")).problem()).isEqualTo("idempotency-key-reused");
        assertThat(as(Role.REQUESTER).get("/requests").items()).hasSize(1);
    }

    @Test
    void onlyWhoeverMayAskAsks() {
        for (Role role : List.of(Role.AUDITOR, Role.READONLY)) {
            assertThat(as(role).post("/requests", wish("wiki")).problem())
                    .as(role.name())
                    .isEqualTo("not-permitted");
        }
        assertThat(as(Role.AUDITOR).get("/requests").status()).isEqualTo(200);
    }

    @Test
    void requestOfSomebodyElseOrOfAnotherOrganizationLooksLikeNone() {
        String approvers =
                as(Role.APPROVER).post("/requests", wish("wiki")).json().string("id");
        Ground other = grounds.fresh();

        for (var session :
                List.of(as(Role.REQUESTER), http.as(other.organization().member(Role.ADMIN)))) {
            Answer answer = session.get("/requests/" + approvers);
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.problem()).isEqualTo("no-such-request");
            assertThat(session.post("/requests/" + approvers + "/cancellations", "{}")
                            .problem())
                    .isEqualTo("no-such-request");
        }
        assertThat(as(Role.REQUESTER).get("/requests/" + UUID.randomUUID()).problem())
                .isEqualTo("no-such-request");
    }

    @Test
    void requesterTakesARequestBackOnce() {
        String path = "/requests/"
                + as(Role.REQUESTER).post("/requests", wish("wiki")).json().string("id");

        assertThat(as(Role.APPROVER).post(path + "/cancellations", "{}").problem())
                .isEqualTo("not-permitted");
        Answer cancelled = as(Role.REQUESTER).post(path + "/cancellations", "{}");
        assertThat(cancelled.status()).isEqualTo(201);
        assertThat(cancelled.json().string("state")).isEqualTo("cancelled");
        assertThat(cancelled.json().string("workflowState")).isEqualTo("cancelled");
        assertThat(as(Role.REQUESTER).post(path + "/cancellations", "{}").problem())
                .isEqualTo("request-settled");
        assertThat(ground.outcomes("request.cancel")).containsExactly("refused", "succeeded", "refused");
    }

    @Test
    void riskOfARevocationIsNotTheRiskOfItsEntitlement() {
        Json.Obj request = as(Role.REQUESTER)
                .post(
                        "/requests",
                        "{'entitlementId': '%s', 'operation': 'revoke', 'justification': 'left'}"
                                .formatted(ground.entitlement("payroll").id()))
                .json();

        assertThat(request.string("risk")).isEqualTo("low");
        assertThat(request.object("entitlement").string("risk")).isEqualTo("high");
    }

    @Test
    void secretInAJustificationIsNotKept() {
        Answer answer = as(Role.REQUESTER)
                .post(
                        "/requests",
                        "{'entitlementId': '%s', 'justification': 'log in with password=hunter2-Tr0ub4dor, please'}"
                                .formatted(ground.entitlement("wiki").id()));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().string("justification"))
                .doesNotContain("hunter2")
                .contains("please");
        assertThat(ground.lastEvent()).doesNotContain("hunter2");
    }

    private TestHttp.Session as(Role role) {
        return http.as(ground.organization().member(role));
    }

    private String problem(String body) {
        return as(Role.REQUESTER).post("/requests", body).problem();
    }

    private String refusal(int status, String body) {
        Answer answer = as(Role.REQUESTER).post("/requests", body);
        assertThat(answer.status()).isEqualTo(status);
        return answer.problem();
    }

    private String wish(String entitlement) {
        return wish(ground.entitlement(entitlement).id().toString(), null);
    }

    private static String wish(String entitlement, @Nullable String account) {
        String named = account == null ? "" : "'accountId': '%s', ".formatted(account);
        return "{'entitlementId': '%s', %s'justification': 'on the team now'}".formatted(entitlement, named);
    }
}
