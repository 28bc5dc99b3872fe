package dev.nuxari.server.api;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Role;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.api.Routes.Route;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestOrganization;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Calls every route as every role, and compares with the table that stands in the documentation. */
@ServerTest
class RolesHttpTest {
    private static final String PREFIX = "/api/v1/organizations/{organizationId}";
    private static final String EVERYBODY = "owner admin approver requester auditor readonly";

    /** Written down a second time, by hand and by role, so that a slip in the server's own table shows. */
    private static final String TABLE = """
            GET                                    owner admin approver requester auditor readonly
            GET /members                           owner admin approver requester auditor readonly
            GET /members/{memberId}                owner admin approver requester auditor readonly
            PATCH /members/{memberId}              owner admin
            GET /members/{memberId}/sessions       owner admin approver requester auditor readonly
            DELETE /members/{memberId}/sessions/{sessionId}  owner admin approver requester auditor readonly
            POST /members/{memberId}/sign-outs     owner admin approver requester auditor readonly
            GET /members/{memberId}/lock           owner admin
            POST /members/{memberId}/unlocks       owner admin
            GET /identity-policy                   owner admin
            PUT /identity-policy                   owner admin
            POST /identity-policy/preview          owner admin
            GET /directories                       owner admin
            POST /directories                      owner admin
            GET /directories/{id}                  owner admin
            PUT /directories/{id}                  owner admin
            POST /directories/{id}/tokens          owner admin
            POST /directories/{id}/tokens/{tokenId}/revocations  owner admin
            GET /domains                           owner admin
            POST /domains                          owner admin
            POST /domains/{id}/checks              owner admin
            POST /domains/{id}/removals            owner admin
            GET /invites                           owner admin approver auditor
            GET /invites/{id}                      owner admin approver auditor
            POST /invites                          owner admin
            POST /invites/{id}/mailings            owner admin
            POST /invites/{id}/revocations         owner admin
            GET /identity-providers                owner admin
            POST /identity-providers               owner
            GET /identity-providers/{id}           owner admin
            PUT /identity-providers/{id}           owner
            POST /identity-providers/{id}/checks   owner admin
            POST /identity-providers/{id}/removals  owner
            GET /agents                            owner admin approver auditor readonly
            POST /agents                           owner admin
            GET /agents/{id}                       owner admin approver auditor readonly
            POST /agents/{id}/actions              owner admin
            POST /agents/{id}/enrolment-tokens     owner admin
            POST /agents/{id}/enrolment-tokens/{tokenId}/revocations  owner admin
            POST /agents/{id}/revocations          owner admin
            GET /connectors                        owner admin approver auditor readonly
            GET /connector-summaries               owner admin approver auditor readonly
            POST /connectors                       owner admin
            GET /connectors/{id}                   owner admin approver auditor readonly
            POST /connectors/{id}/observations     owner admin
            GET /connectors/{id}/observations      owner admin approver auditor readonly
            POST /connectors/{id}/baselines        owner admin
            GET /observations/{id}                 owner admin approver auditor readonly
            GET /entitlements                      owner admin approver requester auditor readonly
            GET /entitlements/{id}                 owner admin approver requester auditor readonly
            PATCH /entitlements/{id}               owner admin
            GET /accounts                          owner admin approver requester auditor readonly
            GET /assignments                       owner admin approver auditor readonly
            POST /requests                         owner admin approver requester
            GET /requests                          owner admin approver requester auditor readonly
            GET /requests/{id}                     owner admin approver requester auditor readonly
            POST /requests/{id}/cancellations      owner admin approver requester
            GET /approvals                         owner admin approver auditor
            GET /approvals/{id}                    owner admin approver auditor
            POST /approvals/{id}/decisions         owner admin approver
            GET /workflows                         owner admin approver requester auditor readonly
            GET /workflows/{id}                    owner admin approver requester auditor readonly
            POST /workflows/{id}/retries           owner admin
            POST /workflows/{id}/cancellations     owner admin
            GET /evidence-packages                 owner admin auditor
            GET /evidence-packages/{id}            owner admin auditor
            GET /evidence-packages/{id}/export     owner admin auditor
            POST /evidence-packages/{id}/shares    owner admin auditor
            POST /audit-events/shares              owner admin auditor
            GET /shares                            owner admin auditor
            GET /shares/{id}                       owner admin auditor
            POST /shares/{id}/revocations          owner admin auditor
            GET /evidence-collections              owner admin auditor
            GET /findings                          owner admin approver auditor readonly
            GET /audit-events                      owner admin auditor
            GET /audit-events/export               owner admin auditor
            GET /audit-events/{sequence}           owner admin auditor
            GET /audit-head                        owner admin auditor
            GET /log/{organizationId}/archive/{size}  owner admin auditor
            POST /log-key-rotations                owner
            GET /log/{organizationId}/checkpoint   owner admin auditor
            GET /log/{organizationId}/keys         owner admin auditor
            GET /log/{organizationId}/proof        owner admin auditor
            GET /log/{organizationId}/tile/{*tile}  owner admin auditor
            """;

    @Autowired
    TestHttp http;

    @Autowired
    RouteCheck check;

    private TestOrganization organization = TestOrganization.fresh();

    @BeforeEach
    void givenOrganization() {
        organization = TestOrganization.fresh();
    }

    @Test
    @Claim({"T5", "T6"})
    void everyRouteAnswersTheRolesOfTheTableAndNoOther() {
        Map<String, Set<String>> expected = table();
        Map<String, Set<String>> answered = check.served().stream()
                .filter(RolesHttpTest::isOfAnOrganization)
                .collect(toMap(RolesHttpTest::row, this::rolesThatAreAnswered));

        assertThat(expected.keySet()).containsAll(answered.keySet());
        expected.keySet().retainAll(answered.keySet());
        assertThat(answered).isEqualTo(expected);
    }

    @Test
    @Claim("T6")
    void nobodyIsAnsweredWithoutACaller() {
        check.served().stream()
                .filter(route -> route.pattern().startsWith("/api/v1/") || isOfAnOrganization(route))
                // Whoever was invited is no caller; without an invitation they are told that it opens nothing.
                .filter(route -> !route.pattern().startsWith("/api/v1/invite"))
                .forEach(route -> {
                    Answer answer = http.anonymous()
                            .send(route.method(), path(route), route.method().equals("GET") ? null : "{}");
                    assertThat(answer.problem()).as(route.toString()).isEqualTo("unauthenticated");
                });
    }

    @Test
    @Claim({"T6", "I3"})
    void routesOfDirectoriesAnswerNoMember() {
        List<Route> routes =
                check.served().stream().filter(RolesHttpTest::isOfADirectory).toList();

        assertThat(routes).isNotEmpty();
        routes.forEach(route -> {
            for (Role role : Role.values()) {
                Answer answer = http.as(organization.member(role))
                        .with("Idempotency-Key", "x")
                        .send(route.method(), path(route), route.method().equals("GET") ? null : "{}");
                assertThat(answer.status()).as(route + " as " + role).isEqualTo(401);
            }
        });
    }

    @Test
    @Claim("T2")
    void noRouteAnswersForAnotherOrganization() {
        TestHttp.Session owner = http.as(organization.member(Role.OWNER));
        TestOrganization other = TestOrganization.fresh();

        check.served().stream().filter(RolesHttpTest::isOfAnOrganization).forEach(route -> {
            String path =
                    path(route).replace(organization.id().toString(), other.id().toString());
            Answer answer = owner.send(route.method(), path, route.method().equals("GET") ? null : "{}");
            assertThat(answer.problem()).as(route.toString()).isEqualTo("no-such-organization");
        });
    }

    @Test
    void refusedRouteLeavesAnAuditEvent() {
        Answer refused = http.as(organization.member(Role.READONLY)).get("/audit-head");

        assertThat(refused.body()).contains("This needs the permission audit:read; your role is readonly.");
        assertThat(refusals()).containsExactly("route.call GET " + PREFIX + "/audit-head");
    }

    @Test
    @Claim("T2")
    void askingForAnotherOrganizationLeavesAnAuditEvent() {
        TestHttp.Session owner = http.as(organization.member(Role.OWNER));
        TestOrganization other = TestOrganization.fresh();

        owner.get("/api/v1/organizations/" + other.id() + "/members");
        owner.get("/api/v1/organizations/no-organization/members");

        assertThat(refusals()).containsExactly("organization.enter " + other.id());
    }

    private List<String> refusals() {
        return beyondTheWalls()
                .sql(
                        "SELECT action || ' ' || target_id FROM audit_event WHERE organization_id = ? AND outcome = 'refused'")
                .param(organization.id().value())
                .query((row, _) -> String.valueOf(row.getString(1)))
                .list();
    }

    private Set<String> rolesThatAreAnswered(Route route) {
        Set<String> roles = new TreeSet<>();
        for (Role role : Role.values()) {
            String body = route.method().equals("GET") ? null : "{}";
            Answer answer = http.as(organization.member(role)).send(route.method(), path(route), body);
            boolean refused = answer.status() == 403 && answer.problem().equals("not-permitted");
            if (!refused) {
                assertThat(answer.status())
                        .as(route + " as " + role + ": " + answer.body())
                        .isNotEqualTo(500);
                roles.add(Spelling.of(role));
            }
        }
        return roles;
    }

    private String path(Route route) {
        return route.pattern()
                .replace("{organizationId}", organization.id().toString())
                .replace("{sequence}", "999")
                .replace("/{*tile}", "/0/999")
                .replaceAll("\\{\\w+}", UUID.randomUUID().toString());
    }

    private static boolean isOfAnOrganization(Route route) {
        return route.pattern().contains("{organizationId}") && !isOfADirectory(route);
    }

    private static boolean isOfADirectory(Route route) {
        return route.pattern().startsWith("/scim/");
    }

    private static String row(Route route) {
        return (route.method() + " " + route.pattern().replace(PREFIX, "")).strip();
    }

    private static Map<String, Set<String>> table() {
        return Stream.of(TABLE.split("\n"))
                .map(line -> line.split(" {2,}"))
                .collect(toMap(
                        cells -> cells[0].strip(),
                        cells -> new TreeSet<>(Set.of(cells[1].strip().split(" ")))));
    }

    @Test
    void tableKnowsTheSixRoles() {
        assertThat(Stream.of(Role.values()).map(Spelling::of)).containsExactlyInAnyOrder(EVERYBODY.split(" "));
    }
}
