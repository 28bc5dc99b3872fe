package dev.nuxari.server.scim;

import static dev.nuxari.server.scim.ScimGround.refused;
import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.broker.BrokerAccount;
import dev.nuxari.server.broker.BrokerAccounts;
import dev.nuxari.server.broker.NewAccount;
import dev.nuxari.server.broker.RealmAdministration;
import dev.nuxari.server.broker.Taking;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.tenancy.Origin;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestMember;
import dev.nuxari.server.testing.TestOrganization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;

/** What users of a directory come to: members here, and accounts at the real broker. */
@ServerTest
@Claim({"I3", "T2"})
class ScimMembersTest {
    @Autowired
    TestHttp http;

    @Autowired
    ManualClock clock;

    @Autowired
    DirectoryAccounts timer;

    @Autowired
    DirectoryArrivals arrivals;

    @Autowired
    DirectoryDoor door;

    @Autowired
    DirectoryStore directories;

    @Autowired
    DirectoryUserStore users;

    @Autowired
    OrganizationScope scope;

    @Autowired
    Doorkeeper doorkeeper;

    @Autowired
    BrokerAccounts broker;

    @Autowired
    RealmAdministration realm;

    @SuppressWarnings("NullAway.Init")
    private ScimGround ground;

    @SuppressWarnings("NullAway.Init")
    private ScimGround.Scim scim;

    @BeforeEach
    void directory() {
        ground = ScimGround.fresh(http, clock, TestOrganization.atBroker());
        scim = ground.scim();
    }

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    /** What the timer does, as often as there is something to do. */
    private void settle() {
        Instant deadline = Instant.ofEpochMilli(System.currentTimeMillis()).plus(Duration.ofSeconds(30));
        do {
            timer.run(doorkeeper.admitSystem(ground.organization().id(), DirectoryAccounts.TIMER), ground.id());
        } while (isAnythingDue() && deadline.toEpochMilli() > System.currentTimeMillis());
    }

    private boolean isAnythingDue() {
        return beyondTheWalls()
                .sql(
                        "SELECT count(*) FROM directory_user WHERE organization_id = ? AND pending_at IS NOT NULL AND problem IS NULL")
                .param(ground.organization().id().value())
                .query((row, _) -> row.getLong(1) > 0)
                .single();
    }

    private String problem(String userId) {
        return beyondTheWalls()
                .sql("SELECT coalesce(problem, '') FROM directory_user WHERE user_id = ?")
                .param(UUID.fromString(userId))
                .query((row, _) -> String.valueOf(row.getString(1)))
                .single();
    }

    /** The member with this address: {@code readonly active}; nothing if there is none. */
    private String member(String email) {
        return beyondTheWalls()
                .sql("SELECT role || ' ' || state FROM member WHERE organization_id = ? AND email = ?")
                .params(ground.organization().id().value(), email)
                .query((row, _) -> String.valueOf(row.getString(1)))
                .optional()
                .orElse("");
    }

    private TestMember person(String email, Role role) {
        return beyondTheWalls()
                .sql("SELECT member_id, subject FROM member WHERE organization_id = ? AND email = ?")
                .params(ground.organization().id().value(), email)
                .query((row, _) -> new TestMember(
                        ground.organization().id(),
                        new MemberId(UUID.fromString(row.getString(1))),
                        row.getString(2),
                        email,
                        role))
                .single();
    }

    private List<String> atBroker() {
        return realm
                .get(
                        "/organizations/{id}/members?max=1000",
                        ground.organization().id().toString())
                .expected("list members")
                .list()
                .stream()
                .map(one -> one.string("id"))
                .toList();
    }

    @Test
    void userBecomesAMemberWithTheDefaultRole() {
        ground.added("ann");
        settle();

        assertThat(member(ground.address("ann"))).isEqualTo("readonly active");
        TestMember ann = person(ground.address("ann"), Role.READONLY);
        assertThat(http.as(ann).get("/api/v1/me").status()).isEqualTo(200);
        assertThat(broker.byEmail(ground.address("ann")).map(BrokerAccount::verified))
                .contains(true);
        assertThat(atBroker()).contains(ann.subject());
    }

    @Test
    void userThatIsNotActiveIsNobody() {
        ground.added("ann", ", 'active': false");
        settle();

        assertThat(member(ground.address("ann"))).isEmpty();
        assertThat(broker.byEmail(ground.address("ann"))).isEmpty();
    }

    @Test
    void groupsGiveRolesAtOnceAndNeverAboveTheCeiling() {
        String ann = ground.added("ann").string("id");
        settle();
        String group = ground.group("Approvers").string("id");

        scim.patch("/Groups/" + group, "[{'op': 'Add', 'path': 'members', 'value': [{'value': '" + ann + "'}]}]");
        assertThat(member(ground.address("ann"))).isEqualTo("approver active");

        scim.patch("/Groups/" + group, "[{'op': 'replace', 'path': 'displayName', 'value': 'Others'}]");
        assertThat(member(ground.address("ann"))).isEqualTo("readonly active");
        scim.patch("/Groups/" + group, "[{'op': 'replace', 'path': 'externalId', 'value': 'g-requesters'}]");
        assertThat(member(ground.address("ann"))).isEqualTo("requester active");

        scim.patch("/Groups/" + group, "[{'op': 'remove', 'path': 'members'}]");
        assertThat(member(ground.address("ann"))).isEqualTo("readonly active");
        String body = "{'name': 'D', 'defaultRole': 'requester', 'ceiling': 'readonly'}";
        assertThat(ground.owner()
                        .with("If-Match", "\"1\"")
                        .send("PUT", "/directories/" + ground.id(), body)
                        .status())
                .isEqualTo(400);
        body = "{'name': 'D', 'defaultRole': 'owner', 'ceiling': 'owner'}";
        assertThat(ground.owner().post("/directories", body).problem()).isEqualTo("invalid-field");
    }

    @Test
    void changedMappingReachesMembers() {
        String ann = ground.added("ann").string("id");
        ground.group("Approvers", ann);
        settle();
        assertThat(member(ground.address("ann"))).isEqualTo("approver active");

        Answer changed = ground.owner()
                .with("If-Match", "\"1\"")
                .send(
                        "PUT",
                        "/directories/" + ground.id(),
                        "{'name': 'D', 'defaultRole': 'readonly', 'ceiling': 'auditor'}");
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        settle();

        // The role is above the new ceiling, so the directory has no say in it any more.
        assertThat(member(ground.address("ann"))).isEqualTo("approver active");
    }

    @Test
    void whoeverIsDeactivatedIsStoppedWithinTheRequest() {
        String id = ground.added("ann").string("id");
        ground.group("Approvers", id);
        settle();
        TestMember ann = person(ground.address("ann"), Role.APPROVER);
        TestHttp.Session browser = http.browserOf(ann);
        TestHttp.Session program = http.as(ann);
        assertThat(browser.get("/api/v1/me").status()).isEqualTo(200);
        assertThat(program.get("/approvals").status()).isEqualTo(200);

        Answer answer = scim.patch("/Users/" + id, "[{'op': 'Replace', 'path': 'active', 'value': 'False'}]");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().bool("active")).isFalse();

        assertThat(browser.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(program.get("/approvals").status()).isEqualTo(403);
        assertThat(program.post("/approvals/" + UUID.randomUUID() + "/decisions", "{}")
                        .status())
                .isEqualTo(403);
        assertThat(member(ground.address("ann"))).isEqualTo("approver deprovisioned");
        settle();
        assertThat(atBroker()).doesNotContain(ann.subject());

        scim.patch("/Users/" + id, "[{'op': 'Replace', 'path': 'active', 'value': 'True'}]");
        assertThat(member(ground.address("ann"))).isEqualTo("approver active");
        assertThat(browser.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(program.get("/approvals").status()).isEqualTo(200);
        settle();
        assertThat(atBroker()).contains(ann.subject());
    }

    @Test
    void whoeverIsRemovedIsStoppedAndMayComeBack() {
        String id = ground.added("ann").string("id");
        settle();
        TestMember ann = person(ground.address("ann"), Role.READONLY);
        TestHttp.Session browser = http.browserOf(ann);

        assertThat(scim.delete("/Users/" + id).status()).isEqualTo(204);
        assertThat(browser.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(member(ground.address("ann"))).isEqualTo("readonly deprovisioned");
        settle();
        assertThat(atBroker()).doesNotContain(ann.subject());

        ground.added("ann");
        settle();
        assertThat(member(ground.address("ann"))).isEqualTo("readonly active");
        assertThat(person(ground.address("ann"), Role.READONLY).id()).isEqualTo(ann.id());
    }

    @Test
    void addressOfAnotherDomainIsRefused() {
        String victim = "victim@" + UUID.randomUUID() + ".example";
        BrokerAccount account = broker.ensure(new NewAccount(victim, "Vic", "Tim", true));

        refused(
                scim.post("/Users", ground.user("ann", "").replace(ground.address("ann"), victim)),
                400,
                "invalidValue");
        refused(
                scim.post(
                        "/Users",
                        ground.user("ann", "").replace("'value': '" + ground.address("ann"), "'value': '" + victim)),
                400,
                "invalidValue");
        String sub = "ann@sub." + ground.domain();
        refused(scim.post("/Users", ground.user("ann", "").replace(ground.address("ann"), sub)), 400, "invalidValue");
        String id = ground.added("bob").string("id");
        refused(
                scim.patch(
                        "/Users/" + id,
                        "[{'op': 'replace', 'path': 'emails', 'value': [{'value': '" + victim
                                + "', 'primary': true}]}]"),
                400,
                "mutability");
        settle();

        assertThat(member(victim)).isEmpty();
        assertThat(atBroker()).doesNotContain(account.subject());
        assertThat(ground.events()).contains("directory-user.refuse refused");
    }

    @Test
    void accountWhoseAddressNobodyHasShownIsNotTaken() {
        BrokerAccount squatter = broker.ensure(new NewAccount(ground.address("ann"), "Some", "Body", false));

        String id = ground.added("ann").string("id");
        settle();

        assertThat(problem(id)).isEqualTo("address-not-verified");
        assertThat(member(ground.address("ann"))).isEmpty();
        assertThat(atBroker()).doesNotContain(squatter.subject());
    }

    @Test
    void ownersAreNotTheDirectorysToChange() {
        TestMember owner = ground.organization().member(Role.OWNER);
        ScimGround.verify(
                http, clock, ground.organization(), ground.organization().slug() + ".example");
        realm.send(
                HttpMethod.PUT,
                Json.object("email", owner.email(), "emailVerified", true, "username", owner.email()),
                "/users/{id}",
                owner.subject());
        String id = scim.post("/Users", ground.user("ann", "").replace(ground.address("ann"), owner.email()))
                .json()
                .string("id");
        settle();
        assertThat(member(owner.email())).isEqualTo("owner active");

        refused(scim.patch("/Users/" + id, "[{'op': 'replace', 'path': 'active', 'value': false}]"), 403, "");
        refused(scim.delete("/Users/" + id), 403, "");
        assertThat(member(owner.email())).isEqualTo("owner active");
        assertThat(scim.get("/Users/" + id).json().bool("active")).isTrue();
    }

    @Test
    void whoWasSuspendedByPeopleStaysSo() {
        String id = ground.added("ann").string("id");
        settle();
        TestMember ann = person(ground.address("ann"), Role.READONLY);
        int version = 1;
        Answer suspended = ground.owner()
                .with("If-Match", "\"" + version + "\"")
                .patch("/members/" + ann.id(), "{'state': 'suspended'}");
        assertThat(suspended.status()).as(suspended.body()).isEqualTo(200);

        scim.patch("/Users/" + id, "[{'op': 'replace', 'path': 'active', 'value': false}]");
        scim.patch("/Users/" + id, "[{'op': 'replace', 'path': 'active', 'value': true}]");
        settle();

        assertThat(member(ground.address("ann"))).isEqualTo("readonly suspended");
    }

    /**
     * Whoever had the domain before made an account for the address, and kept a way in. It is not the person whom the directory
     * means, as long as that organization has them; then they are, and nothing of it opens the account.
     */
    @Test
    @Claim("I1")
    void accountThatAnotherOrganizationMadeBeforeOpensNothing() {
        OrganizationId attacker = TestOrganization.atBroker().id();
        Taking planted = broker.take(attacker, new NewAccount(ground.address("ann"), "Ann", "Tester", true));
        String subject = planted instanceof Taking.Taken(String name) ? name : "";
        realm.send(
                        HttpMethod.PUT,
                        Json.object("type", "password", "value", "planted-horse-battery", "temporary", false),
                        "/users/{id}/reset-password",
                        subject)
                .expected("plant a password");

        String id = ground.added("ann").string("id");
        settle();

        assertThat(problem(id)).isEqualTo("spoken-for-elsewhere");
        assertThat(member(ground.address("ann"))).isEmpty();
        assertThat(atBroker()).doesNotContain(subject);

        broker.leave(attacker, subject);
        clock.advance(Duration.ofMinutes(3));
        settle();

        assertThat(member(ground.address("ann"))).isEqualTo("readonly active");
        assertThat(atBroker()).contains(subject);
        assertThat(realm.get("/users/{id}/credentials", subject)
                        .expected("list credentials")
                        .list())
                .isEmpty();
    }

    @Test
    void newcomersBecomeMembersTogetherEachByTheirOwnRules() {
        BrokerAccount squatter = broker.ensure(new NewAccount(ground.address("sam"), "Some", "Body", false));
        List<String> names = List.of("ann", "bob", "cid", "dot");
        List<String> ids =
                names.stream().map(name -> ground.added(name).string("id")).toList();
        ground.group("Approvers", ids.getFirst());
        String odd = scim.post("/Users", ground.user("eve", "").replace("'givenName': 'eve'", "'givenName': '<b>'"))
                .json()
                .string("id");
        String sam = ground.added("sam").string("id");
        settle();

        assertThat(names.stream().map(name -> member(ground.address(name))))
                .containsExactly("approver active", "readonly active", "readonly active", "readonly active");
        assertThat(atBroker())
                .containsAll(names.stream()
                        .map(name -> person(ground.address(name), Role.READONLY).subject())
                        .toList())
                .doesNotContain(squatter.subject());
        assertThat(problem(sam)).isEqualTo("address-not-verified");
        assertThat(member(ground.address("sam"))).isEmpty();
        // A name that Keycloak would ask the person to change is replaced, not refused.
        assertThat(problem(odd)).isEmpty();
        assertThat(member(ground.address("eve"))).isEqualTo("readonly active");
    }

    @Test
    void newcomersOfADomainThatHasLapsedGetNoAccounts() {
        List<UUID> ids = Stream.of("ann", "bob")
                .map(name -> ground.added(name, ", 'active': false").string("id"))
                .map(UUID::fromString)
                .toList();
        DirectoryClient client =
                door.client(ground.organization().id(), new DirectoryId(UUID.fromString(ground.id())), Origin.SERVER);
        Directory directory = scope.reading(
                        client.organization(), client.caller(), () -> directories.find(client.directory()))
                .orElseThrow();
        List<DirectoryUser> newcomers = ids.stream()
                .flatMap(id ->
                        scope
                                .reading(
                                        client.organization(),
                                        client.caller(),
                                        () -> users.find(client.directory(), id))
                                .stream())
                .toList();
        beyondTheWalls()
                .sql("UPDATE organization_domain SET state = 'pending', verified_at = NULL WHERE organization_id = ?")
                .param(ground.organization().id().value())
                .update();

        assertThat(arrivals.letInTogether(client, directory, newcomers)).isEmpty();

        assertThat(newcomers).hasSize(2);
        assertThat(broker.byEmail(ground.address("ann"))).isEmpty();
        assertThat(broker.byEmail(ground.address("bob"))).isEmpty();
    }
}
