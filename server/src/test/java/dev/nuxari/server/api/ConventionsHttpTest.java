package dev.nuxari.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestMember;
import dev.nuxari.server.testing.TestOrganization;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What every answer has in common, and what is there for everybody. */
@ServerTest
class ConventionsHttpTest {
    @Autowired
    TestHttp http;

    private TestOrganization organization = TestOrganization.fresh();

    @BeforeEach
    void givenOrganization() {
        organization = TestOrganization.fresh();
    }

    @Test
    void serverSaysThatItIsUp() {
        assertThat(http.anonymous().get("/health/live").body()).isEqualTo("{\"status\":\"up\"}");
        assertThat(http.anonymous().get("/health/ready").body()).isEqualTo("{\"status\":\"up\"}");
    }

    @Test
    @Claim("E1")
    void everyAnswerForbidsForeignScriptsAndFrames() {
        for (String path : List.of("/", "/requests", "/api/v1/me", "/health/live", "/nothing.txt")) {
            Answer answer = http.anonymous().get(path);

            assertThat(answer.header("Content-Security-Policy").orElse(""))
                    .as(path)
                    .contains("default-src 'self'", "script-src 'self'", "frame-ancestors 'none'", "object-src 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.header("X-Content-Type-Options")).as(path).contains("nosniff");
            assertThat(answer.header("Referrer-Policy")).as(path).contains("no-referrer");
            assertThat(answer.header("Permissions-Policy").orElse("")).as(path).contains("camera=()");
            assertThat(answer.header("X-Frame-Options")).as(path).contains("DENY");
        }
    }

    @Test
    void answersOfTheApiAreNotKept() {
        assertThat(http.as(organization.member(Role.OWNER))
                        .get("/members")
                        .header("Cache-Control")
                        .orElse(""))
                .contains("no-store");
    }

    @Test
    void pathThatIsNoFileIsAPageOfTheConsole() {
        Answer front = http.anonymous().get("/");

        assertThat(front.header("Content-Type").orElse("")).startsWith("text/html");
        assertThat(http.anonymous().get("/approvals/4711").body()).isEqualTo(front.body());
        assertThat(http.anonymous().get("/approvals/4711").header("Cache-Control"))
                .contains("no-cache");
        assertThat(http.anonymous().get("/missing.js").problem()).isEqualTo("no-such-route");
        assertThat(http.anonymous().get("/assets/missing.js").problem()).isEqualTo("no-such-route");
    }

    @Test
    void membersArePagedByTheirCursor() {
        TestHttp.Session owner = http.as(organization.member(Role.OWNER));
        List<String> seen = new ArrayList<>();
        String next = "";
        int pages = 0;

        while (pages < 10) {
            Json.Obj page = owner.get("/members?limit=4" + next).json();
            page.objects("items").forEach(member -> seen.add(member.string("memberId")));
            pages++;
            if (page.optionalString("nextCursor").isEmpty()) {
                break;
            }
            next = "&cursor=" + page.string("nextCursor");
        }

        assertThat(pages).isEqualTo(2);
        assertThat(seen).hasSize(6).doesNotHaveDuplicates();
    }

    @Test
    @Claim("T5")
    void whoMayReadOnlyTheirOwnMembershipSeesOnlyThat() {
        assertThat(http.as(organization.member(Role.REQUESTER)).get("/members").items())
                .extracting(member -> member.string("memberId"))
                .containsExactly(organization.member(Role.REQUESTER).id().toString());
    }

    @Test
    void membersAreFoundByNameAddressRoleAndState() {
        TestMember auditor = organization.member(Role.AUDITOR);
        TestHttp.Session owner = http.as(organization.member(Role.OWNER));

        for (String filter : List.of(
                "query=" + auditor.email().toUpperCase(Locale.ROOT),
                "query=" + auditor.email() + "&role=auditor&state=active",
                "role=auditor")) {
            assertThat(ids(owner.get("/members?" + filter)))
                    .as(filter)
                    .containsExactly(auditor.id().toString());
        }
        for (String filter : List.of("query=%25", "role=owner&query=" + auditor.email(), "state=suspended")) {
            assertThat(ids(owner.get("/members?" + filter))).as(filter).isEmpty();
        }
        assertThat(owner.get("/members?role=Owner").problem()).isEqualTo("invalid-field");
    }

    @Test
    @Claim("T5")
    void filterShowsNobodyElseToWhoMayReadOnlyTheirOwnMembership() {
        TestHttp.Session requester = http.as(organization.member(Role.REQUESTER));

        assertThat(ids(requester.get("/members?role=owner"))).isEmpty();
        assertThat(ids(requester.get("/members?role=requester")))
                .containsExactly(organization.member(Role.REQUESTER).id().toString());
    }

    private static List<String> ids(Answer answer) {
        return answer.items().stream().map(member -> member.string("memberId")).toList();
    }

    @Test
    void logOfAnOrganizationThatIsNoneIsNotFound() {
        TestHttp.Session owner = http.as(organization.member(Role.OWNER));

        for (String id : List.of("00000000-0000-4000-8000-000000000000", "rubbish")) {
            assertThat(owner.get("/log/" + id + "/checkpoint").problem()).as(id).isEqualTo("no-such-organization");
        }
    }

    @Test
    void membersLookAsDocumented() {
        Json.Obj first = http.as(organization.member(Role.AUDITOR))
                .get("/members")
                .items()
                .getFirst();

        assertThat(first.members().keySet())
                .containsExactlyInAnyOrder("displayName", "email", "memberId", "role", "state", "version");
        assertThat(first.string("state")).isEqualTo("active");
    }
}
