package dev.nuxari.server.identity;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestMember;
import dev.nuxari.server.testing.TestOrganization;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Changing roles and suspending members, as callers see it. */
@ServerTest
class MemberHttpTest {
    @Autowired
    TestHttp http;

    private TestOrganization organization = TestOrganization.fresh();

    @BeforeEach
    void givenOrganization() {
        organization = TestOrganization.fresh();
    }

    @Test
    void memberHasAVersionToChange() {
        Answer answer = as(Role.OWNER).get(path(Role.REQUESTER));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("ETag")).contains("\"1\"");
        assertThat(answer.json().string("role")).isEqualTo("requester");
        assertThat(answer.json().string("state")).isEqualTo("active");
    }

    @Test
    void changedRoleCountsAtTheNextRequest() {
        assertThat(as(Role.REQUESTER).get("/audit-head").status()).isEqualTo(403);

        Answer changed = change(Role.ADMIN, Role.REQUESTER, "{'role':'auditor'}");

        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.header("ETag")).contains("\"2\"");
        assertThat(changed.json().string("role")).isEqualTo("auditor");
        assertThat(as(Role.REQUESTER).get("/audit-head").status()).isEqualTo(200);
    }

    @Test
    void changeIsAuditedWithBeforeAndAfter() {
        change(Role.ADMIN, Role.REQUESTER, "{'role':'auditor'}");

        Json.Obj event = lastEvent();
        assertThat(event.string("action")).isEqualTo("member.change");
        assertThat(event.string("outcome")).isEqualTo("succeeded");
        assertThat(event.object("actor").string("id"))
                .isEqualTo(organization.member(Role.ADMIN).id().toString());
        assertThat(event.object("target").string("id"))
                .isEqualTo(organization.member(Role.REQUESTER).id().toString());
        assertThat(event.object("before").canonical())
                .isEqualTo("{\"role\":\"requester\",\"state\":\"active\",\"version\":1}");
        assertThat(event.object("after").canonical())
                .isEqualTo("{\"role\":\"auditor\",\"state\":\"active\",\"version\":2}");
    }

    @Test
    void refusalIsAuditedAndChangesNothing() {
        Answer refused = change(Role.ADMIN, Role.OWNER, "{'role':'readonly'}");

        assertThat(refused.problem()).isEqualTo("owner-protected");
        Json.Obj event = lastEvent();
        assertThat(event.string("outcome")).isEqualTo("refused");
        assertThat(event.object("metadata").canonical())
                .isEqualTo("{\"refusal\":\"owner-protected\",\"role\":\"readonly\"}");
        assertThat(as(Role.OWNER).get(path(Role.OWNER)).json().string("role")).isEqualTo("owner");
    }

    @Test
    @Claim("T5")
    void everyRefusalHasItsOwnProblem() {
        assertThat(change(Role.ADMIN, Role.APPROVER, "{'role':'owner'}").problem())
                .isEqualTo("owner-protected");
        assertThat(change(Role.ADMIN, Role.ADMIN, "{'role':'owner'}").problem()).isEqualTo("owner-protected");
        assertThat(change(Role.ADMIN, Role.ADMIN, "{'role':'auditor'}").problem())
                .isEqualTo("own-membership");
        assertThat(change(Role.OWNER, Role.OWNER, "{'state':'suspended'}").problem())
                .isEqualTo("own-membership");
        assertThat(change(Role.OWNER, Role.OWNER, "{'role':'admin'}").problem()).isEqualTo("last-owner");
        assertThat(change(Role.REQUESTER, Role.REQUESTER, "{'role':'owner'}").problem())
                .isEqualTo("not-permitted");
        assertThat(as(Role.OWNER)
                        .with("If-Match", "\"1\"")
                        .patch("/members/" + UUID.randomUUID(), "{'role':'admin'}")
                        .problem())
                .isEqualTo("no-such-member");
    }

    @Test
    void ownerStepsDownForAnother() {
        assertThat(change(Role.OWNER, Role.APPROVER, "{'role':'owner'}").status())
                .isEqualTo(200);

        assertThat(change(Role.OWNER, Role.OWNER, "{'role':'requester'}").status())
                .isEqualTo(200);

        assertThat(as(Role.OWNER).get("/audit-head").problem()).isEqualTo("not-permitted");
        assertThat(change(Role.APPROVER, Role.APPROVER, "{'role':'requester'}", 2)
                        .problem())
                .isEqualTo("last-owner");
    }

    @Test
    void changeNamesTheVersionItIsFor() {
        TestHttp.Session owner = as(Role.OWNER);
        String path = path(Role.REQUESTER);

        assertThat(owner.patch(path, "{'role':'auditor'}").problem()).isEqualTo("precondition-required");
        assertThat(owner.with("If-Match", "\"7\"")
                        .patch(path, "{'role':'auditor'}")
                        .problem())
                .isEqualTo("stale-version");
        assertThat(owner.get(path).json().string("role")).isEqualTo("requester");
    }

    @ParameterizedTest
    @Claim("T5")
    @ValueSource(
            strings = {
                "{}",
                "{'role':null}",
                "{'role':''}",
                "{'role':'OWNER'}",
                "{'role':'Admin'}",
                "{'role':'superuser'}",
                "{'role':['owner']}",
                "{'role':['auditor','owner']}",
                "{'role':0}",
                "{'role':'auditor','role':'owner'}",
                "{'roles':['owner']}",
                "{'role':'auditor','permissions':['members:manage-owners']}",
                "{'role':'auditor','version':9}",
                "{'state':'invited'}",
                "{'state':'deprovisioned'}",
                "{'state':'ACTIVE'}"
            })
    void whatIsNoRoleOrStateIsRefused(String body) {
        assertThat(change(Role.OWNER, Role.REQUESTER, body).status()).isEqualTo(400);
        assertThat(as(Role.OWNER).get(path(Role.REQUESTER)).header("ETag")).contains("\"1\"");
    }

    @Test
    @Claim("I3")
    void suspensionStopsTokensAndSessionsAtTheNextRequest() {
        TestMember approver = organization.member(Role.APPROVER);
        TestHttp.Session browser = http.browserOf(approver);
        TestHttp.Session program = http.as(approver);
        assertThat(browser.get("/approvals").status()).isEqualTo(200);
        assertThat(program.get("/approvals").status()).isEqualTo(200);

        assertThat(change(Role.ADMIN, Role.APPROVER, "{'state':'suspended'}").status())
                .isEqualTo(200);

        assertThat(lastEvent().object("metadata").canonical()).isEqualTo("{\"sessionsEnded\":1}");
        assertThat(program.get("/approvals").problem()).isEqualTo("not-a-member");
        assertThat(browser.get("/approvals").problem()).isEqualTo("unauthenticated");
    }

    @Test
    @Claim("I3")
    void sessionFromBeforeASuspensionStaysEndedAfterIt() {
        TestHttp.Session browser = http.browserOf(organization.member(Role.APPROVER));

        change(Role.ADMIN, Role.APPROVER, "{'state':'suspended'}");
        change(Role.ADMIN, Role.APPROVER, "{'state':'active'}", 2);

        assertThat(browser.get("/approvals").problem()).isEqualTo("unauthenticated");
        assertThat(as(Role.APPROVER).get("/approvals").status()).isEqualTo(200);
    }

    @Test
    void ownMembershipIsAllThatARequesterSees() {
        TestHttp.Session requester = as(Role.REQUESTER);

        assertThat(requester.get(path(Role.REQUESTER)).status()).isEqualTo(200);
        assertThat(requester.get(path(Role.OWNER)).problem()).isEqualTo("no-such-member");
        assertThat(requester.get("/members/" + UUID.randomUUID()).problem()).isEqualTo("no-such-member");
    }

    @Test
    @Claim("T1")
    void memberOfAnotherOrganizationIsNone() {
        TestOrganization other = TestOrganization.fresh();
        String foreign = "/members/" + other.member(Role.REQUESTER).id();

        assertThat(as(Role.OWNER).get(foreign).problem()).isEqualTo("no-such-member");
        assertThat(as(Role.OWNER)
                        .with("If-Match", "\"1\"")
                        .patch(foreign, "{'role':'owner'}")
                        .problem())
                .isEqualTo("no-such-member");
        assertThat(role(other.member(Role.REQUESTER))).isEqualTo("requester");
    }

    private Answer change(Role actor, Role member, String body) {
        return change(actor, member, body, 1);
    }

    private Answer change(Role actor, Role member, String body, int version) {
        return as(actor).with("If-Match", "\"" + version + "\"").patch(path(member), body);
    }

    private TestHttp.Session as(Role role) {
        return http.as(organization.member(role));
    }

    private String path(Role role) {
        return "/members/" + organization.member(role).id();
    }

    private static String role(TestMember member) {
        return beyondTheWalls()
                .sql("SELECT role FROM member WHERE member_id = ?")
                .param(member.id().value())
                .query((row, _) -> row.getString(1))
                .single();
    }

    private Json.Obj lastEvent() {
        return Json.parseObject(beyondTheWalls()
                .sql("""
                        SELECT convert_from(leaf, 'UTF8')
                        FROM audit_event
                        WHERE organization_id = ?
                        ORDER BY sequence DESC
                        LIMIT 1
                        """)
                .param(organization.id().value())
                .query((row, _) -> row.getString(1))
                .single());
    }
}
