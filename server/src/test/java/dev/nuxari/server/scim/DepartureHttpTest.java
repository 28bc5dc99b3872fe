package dev.nuxari.server.scim;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.Role;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.platform.testing.SharedKeycloak;
import dev.nuxari.server.access.ObservedSystem;
import dev.nuxari.server.broker.BrokerAccounts;
import dev.nuxari.server.connectors.EntitlementRef;
import dev.nuxari.server.connectors.Observed;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestDatabase;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestMember;
import dev.nuxari.server.testing.TestOrganization;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What stops when a directory says that somebody has left, what stays, and what an interruption leaves behind. */
@ServerTest
@Claim({"I3", "T2"})
class DepartureHttpTest {
    private static final String DEACTIVATE = "deactivate";
    private static final String DELETE = "delete";

    @Autowired
    TestHttp http;

    @Autowired
    ManualClock clock;

    @Autowired
    DirectoryAccounts timer;

    @Autowired
    Doorkeeper doorkeeper;

    @Autowired
    BrokerAccounts broker;

    @Autowired
    ObservedSystem system;

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

    private void run() {
        timer.run(doorkeeper.admitSystem(ground.organization().id(), DirectoryAccounts.TIMER), ground.id());
    }

    /** Somebody whom the directory has made a member with this role. */
    private TestMember person(String id, String name, Role role) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            run();
            assertThat(state(name)).isEqualTo("active");
        });
        beyondTheWalls()
                .sql("UPDATE member SET role = ? WHERE organization_id = ? AND email = ?")
                .params(Spelling.of(role), ground.organization().id().value(), ground.address(name))
                .update();
        assertThat(scim.get("/Users/" + id).json().bool("active")).isTrue();
        return beyondTheWalls()
                .sql("SELECT member_id, subject FROM member WHERE organization_id = ? AND email = ?")
                .params(ground.organization().id().value(), ground.address(name))
                .query((row, _) -> new TestMember(
                        ground.organization().id(),
                        new MemberId(UUID.fromString(row.getString(1))),
                        row.getString(2),
                        ground.address(name),
                        role))
                .single();
    }

    private String state(String name) {
        return beyondTheWalls()
                .sql("SELECT state FROM member WHERE organization_id = ? AND email = ?")
                .params(ground.organization().id().value(), ground.address(name))
                .query((row, _) -> String.valueOf(row.getString(1)))
                .optional()
                .orElse("");
    }

    private Answer leave(String how, String id) {
        return how.equals(DELETE)
                ? scim.delete("/Users/" + id)
                : scim.patch("/Users/" + id, "[{'op': 'replace', 'path': 'active', 'value': false}]");
    }

    private Json.Obj asked() {
        Json.Obj entitlement = http.as(ground.organization().member(Role.ADMIN))
                .get("/entitlements")
                .items()
                .getFirst();
        Json.Obj account = http.as(ground.organization().member(Role.ADMIN))
                .get("/accounts")
                .items()
                .getFirst();
        Answer answer = http.as(ground.organization().member(Role.REQUESTER))
                .post(
                        "/requests",
                        "{'entitlementId':'%s','accountId':'%s','justification':'needed for the work'}"
                                .formatted(entitlement.string("id"), account.string("id")));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json();
    }

    private static Answer reject(TestHttp.Session by, Json.Obj request) {
        return by.post(
                "/approvals/" + request.string("approvalId") + "/decisions",
                "{'verdict':'reject','reason':'not needed','planHash':'%s'}".formatted(request.string("planHash")));
    }

    private void givenASystem() {
        ConnectorId connector = system.connect(ground.organization().id(), "Directory");
        system.baseline(
                ground.organization().caller(doorkeeper, Role.ADMIN),
                connector,
                new Observed(
                        List.of(new Observed.Account(
                                "requester",
                                "Name of requester",
                                ground.organization().member(Role.REQUESTER).email(),
                                true)),
                        List.of(new Observed.Entitlement(
                                new EntitlementRef("group", "wiki"), "wiki", "Reads the wiki")),
                        List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {DEACTIVATE, DELETE})
    void decisionsStopWithinTheRequestAndWhatWasDecidedStays(String how) {
        givenASystem();
        String id = ground.added("ann").string("id");
        TestMember ann = person(id, "ann", Role.APPROVER);
        TestHttp.Session browser = http.browserOf(ann);
        TestHttp.Session program = http.as(ann);
        Json.Obj decided = asked();
        assertThat(reject(browser, decided).status()).isEqualTo(201);
        Json.Obj open = asked();
        assertThat(program.get("/approvals").items())
                .extracting(one -> one.string("id"))
                .contains(open.string("approvalId"));

        assertThat(leave(how, id).status()).isLessThan(300);

        assertThat(reject(browser, open).status()).isEqualTo(401);
        assertThat(reject(program, open).status()).isEqualTo(403);
        assertThat(program.get("/approvals").status()).isEqualTo(403);
        TestHttp.Session admin = http.as(ground.organization().member(Role.ADMIN));
        assertThat(admin.get("/requests/" + open.string("id")).json().canonical())
                .doesNotContain(ann.id().toString());
        String sealed = admin.get("/requests/" + decided.string("id")).json().string("evidencePackageId");
        assertThat(admin.get("/evidence-packages/" + sealed).status()).isEqualTo(200);
        assertThat(beyondTheWalls()
                        .sql("SELECT count(*) FROM audit_event WHERE organization_id = ? AND actor = ?")
                        .params(ground.organization().id().value(), "member:" + ann.id())
                        .query((row, _) -> row.getInt(1))
                        .single())
                .isPositive();
        // Whoever may still decide does.
        assertThat(reject(http.as(ground.organization().member(Role.APPROVER)), open)
                        .status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {DEACTIVATE, DELETE})
    void sharedLinksStopWithinTheRequest(String how) {
        String id = ground.added("ann").string("id");
        TestMember ann = person(id, "ann", Role.AUDITOR);
        Answer made = http.as(ann).post("/audit-events/shares", "{'recipient':'Ernst','filter':{}}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        TestHttp.Session stranger = http.withToken(made.json().string("token"));
        assertThat(stranger.get("/api/v1/share").status()).isEqualTo(200);

        assertThat(leave(how, id).status()).isLessThan(300);

        assertThat(stranger.get("/api/v1/share").problem()).isEqualTo("no-such-share");
        assertThat(stranger.get("/api/v1/share/audit-events").problem()).isEqualTo("no-such-share");
    }

    /** One organization's directory says nothing about another one's people. */
    @ParameterizedTest
    @ValueSource(strings = {DEACTIVATE, DELETE})
    void whatTheyHaveInAnotherOrganizationGoesOn(String how) {
        String id = ground.added("ann").string("id");
        TestMember ann = person(id, "ann", Role.READONLY);
        TestOrganization other = TestOrganization.atBroker();
        TestMember there = other.enrol(ann, Role.READONLY);
        SharedKeycloak.instance().admin().ensureMember("nuxari", other.id().toString(), ann.subject());
        TestHttp.Session here = http.browserOf(ann);
        TestHttp.Session elsewhere = http.browserOf(there);

        leave(how, id);
        run();

        assertThat(here.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(elsewhere.get("/api/v1/me").status()).isEqualTo(200);
        assertThat(http.as(there).get("/api/v1/me").status()).isEqualTo(200);
    }

    /** They are given their membership back by people before the broker was told that they have gone. */
    @Test
    void whoIsNeededStillIsNotLetGoAtTheBroker() {
        String id = ground.added("ann").string("id");
        TestMember ann = person(id, "ann", Role.READONLY);
        leave(DELETE, id);
        beyondTheWalls()
                .sql("UPDATE member SET state = 'active' WHERE member_id = ?")
                .param(ann.id().value())
                .update();
        beyondTheWalls()
                .sql("UPDATE directory_user SET pending_at = now() - interval '1 day' WHERE user_id = ?")
                .param(UUID.fromString(id))
                .update();
        broker.takeAgain(ground.organization().id(), ann.subject());

        run();

        assertThat(isAtBroker(ann.subject())).isTrue();
        assertThat(http.as(ann).get("/api/v1/me").status()).isEqualTo(200);
    }

    private boolean isAtBroker(String subject) {
        return SharedKeycloak.instance()
                .admin()
                .list("/admin/realms/nuxari/organizations/"
                        + ground.organization().id() + "/members?max=100")
                .stream()
                .anyMatch(member -> member.string("id").equals(subject));
    }

    /** As a kill -9 does: the connection is gone, and with it what was done so far. */
    @Test
    void departureThatIsInterruptedHasNotHappened() throws Exception {
        String id = ground.added("ann").string("id");
        TestMember ann = person(id, "ann", Role.READONLY);
        TestHttp.Session browser = http.browserOf(ann);
        List<String> events = ground.events();

        Answer cut;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                Held held = Held.of("LOCK TABLE audit_event IN SHARE ROW EXCLUSIVE MODE")) {
            Future<Answer> asked = threads.submit((Callable<Answer>) () -> leave(DEACTIVATE, id));
            held.cutOff(asked);
            cut = asked.get();
        }

        assertThat(cut.status()).isGreaterThanOrEqualTo(500);
        assertThat(state("ann")).isEqualTo("active");
        assertThat(scim.get("/Users/" + id).json().bool("active")).isTrue();
        assertThat(browser.get("/api/v1/me").status()).isEqualTo(200);
        assertThat(ground.events()).isEqualTo(events);
        assertThat(leave(DEACTIVATE, id).status()).isEqualTo(200);
        assertThat(browser.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(state("ann")).isEqualTo("deprovisioned");
    }

    /** Between the account at the broker and the membership here. */
    @Test
    void enrolmentThatIsInterruptedIsDoneAgain() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                Held held = Held.of("LOCK TABLE member IN SHARE ROW EXCLUSIVE MODE")) {
            ground.added("ann");
            Future<?> ran = threads.submit(this::run);
            held.cutOff(ran);
        }
        String subject = broker.byEmail(ground.address("ann")).orElseThrow().subject();
        assertThat(state("ann")).isEmpty();
        assertThat(isAtBroker(subject)).isTrue();
        assertThat(ground.events()).doesNotContain("member.enrol succeeded");

        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            clock.advance(Duration.ofMinutes(3));
            run();
            assertThat(state("ann")).isEqualTo("active");
        });

        assertThat(beyondTheWalls()
                        .sql("SELECT count(*) FROM member WHERE organization_id = ? AND email = ? AND subject = ?")
                        .params(ground.organization().id().value(), ground.address("ann"), subject)
                        .query((row, _) -> row.getInt(1))
                        .single())
                .isOne();
        assertThat(isAtBroker(subject)).isTrue();
    }

    /** A transaction that others run into. */
    private record Held(Connection connection, int pid) implements AutoCloseable {
        static Held of(String statement) throws SQLException {
            Connection connection = TestDatabase.as("postgres").getConnection();
            connection.setAutoCommit(false);
            try (Statement sql = connection.createStatement()) {
                sql.execute(statement);
                try (ResultSet pid = sql.executeQuery("SELECT pg_backend_pid()")) {
                    pid.next();
                    return new Held(connection, pid.getInt(1));
                }
            }
        }

        /** Ends the connections of those who wait here, until what is meant has come to an end. */
        void cutOff(Future<?> meant) {
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                cutOff();
                return meant.isDone();
            });
        }

        private void cutOff() throws SQLException {
            try (PreparedStatement sql = connection.prepareStatement(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ? = ANY (pg_blocking_pids(pid))")) {
                sql.setInt(1, pid);
                sql.executeQuery().close();
            }
        }

        @Override
        public void close() throws SQLException {
            connection.rollback();
            connection.setAutoCommit(true);
            connection.close();
        }
    }
}
