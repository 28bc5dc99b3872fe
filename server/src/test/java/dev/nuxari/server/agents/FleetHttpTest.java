package dev.nuxari.server.agents;

import static dev.nuxari.server.agents.AgentGround.WELL;
import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Permission;
import dev.nuxari.kernel.Role;
import dev.nuxari.protocol.agent.Receipt.Ending;
import dev.nuxari.protocol.agent.Rejection;
import dev.nuxari.server.agents.AgentGround.Host;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestOrganization;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What people see of all their agents at once, and of one. */
@ServerTest
@Claim("E2")
class FleetHttpTest {
    @Autowired
    TestHttp http;

    @Autowired
    ManualClock clock;

    @SuppressWarnings("NullAway.Init")
    private AgentGround ground;

    @BeforeEach
    void givenOrganization() {
        ground = new AgentGround(http, clock, TestOrganization.fresh());
    }

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    private List<String> names(String query) {
        return ground.owner().get("/agents" + query).items().stream()
                .map(agent -> agent.string("name"))
                .toList();
    }

    @Test
    void agentsAreInOrderOfNamesThroughAllPages() {
        for (String name : List.of("web1", "Db2", "db1", "app", "db1")) {
            ground.pending(name);
        }

        Answer first = ground.owner().get("/agents?limit=3");
        String cursor = first.json().string("nextCursor");
        assertThat(names("?limit=3")).containsExactly("app", "db1", "db1");
        assertThat(names("?limit=3&cursor=" + cursor)).containsExactly("Db2", "web1");
        assertThat(ground.owner().get("/agents?cursor=nonsense").status()).isEqualTo(400);
    }

    @Test
    void agentsAreFoundByTheirNameTheirHostAndTheirState() {
        ground.enrolled("mail");
        ground.pending("web_1");
        ground.pending("web-2");

        assertThat(names("?query=WEB")).containsExactly("web-2", "web_1");
        assertThat(names("?query=b_1")).containsExactly("web_1");
        assertThat(names("?query=DB1.exam")).containsExactly("mail");
        assertThat(names("?state=pending&query=web-")).containsExactly("web-2");
        assertThat(names("?state=active")).containsExactly("mail");
        assertThat(names("?query=%20")).hasSize(3);
        assertThat(ground.owner().get("/agents?state=tired").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, online", "PT2M59S, online", "PT3M, late", "PT59M59S, late", "PT1H, silent", "P2D, silent"})
    void healthIsByWhenAnAgentLastSpokeAndIsSearchedFor(Duration ago, String health) {
        ground.enrolled("mail");
        ground.pending("web1");
        clock.advance(ago);

        for (String one : List.of("online", "late", "silent")) {
            assertThat(names("?health=" + one)).isEqualTo(one.equals(health) ? List.of("mail") : List.of());
        }
        List<Json.Obj> all = ground.owner().get("/agents").items();
        assertThat(all.getFirst().string("health")).isEqualTo(health);
        assertThat(all.getLast().has("health")).isFalse();
    }

    @Test
    void packagesInFlightAreThoseThatWaitForAnAnswer() {
        Host host = ground.enrolled();
        Host other = ground.enrolled("other");
        ground.granted(host);
        Json.Obj answer = host.packages(60, 0).json();
        assertThat(inFlight(host)).isEqualTo(1);
        assertThat(inFlight(other)).isZero();
        assertThat(shown(host).objects("packages").getFirst().string("approvalId"))
                .isNotEmpty();

        String hash = hashOf(answer);
        host.receipts(host.receipt(1, hash, null, Ending.rejected(Rejection.NOT_ALLOWED)));
        assertThat(inFlight(host)).isZero();
        ground.granted(other);
        other.packages(60, 0);
        clock.advance(Duration.ofDays(2));
        assertThat(inFlight(other)).isZero();
    }

    private static String hashOf(Json.Obj answer) {
        return new dev.nuxari.protocol.agent.Delivery(
                        answer.objects("deliveries").getFirst().object("package"), List.of())
                .hash();
    }

    private long inFlight(Host host) {
        return shown(host).object("agent").integer("packagesInFlight");
    }

    private Json.Obj shown(Host host) {
        return ground.owner().get("/agents/" + host.id()).json();
    }

    private List<String> warnings() {
        Json.Obj listed = ground.owner().get("/agents").items().getFirst();
        Json.Obj alone =
                ground.owner().get("/agents/" + listed.string("id")).json().object("agent");
        assertThat(alone.strings("warnings")).isEqualTo(listed.strings("warnings"));
        return listed.strings("warnings");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    policy, absent, policy-absent
                    policy, refused, policy-refused
                    log, refused, log-refused finding-open
                    """)
    void whatAnAgentSaysOfItselfIsAWarning(String name, String value, String expected) {
        Host host = ground.enrolled();
        host.observations(host.health(1, WELL));
        assertThat(warnings()).isEmpty();

        host.observations(host.health(2, WELL.with(name, value)));
        assertThat(warnings()).containsExactly(expected.split(" "));
    }

    @ParameterizedTest
    @ValueSource(longs = {61, -61})
    void clocksThatDifferAndWhatWasDroppedAreWarnings(long seconds) {
        Host host = ground.enrolled();
        host.observations(host.health(1, WELL.with("clockDifference", 60).with("droppedObservations", 0)));
        assertThat(warnings()).isEmpty();

        host.observations(host.health(2, WELL.with("clockDifference", seconds).with("droppedObservations", 1)));
        assertThat(warnings()).containsExactly("clock-differs", "observations-dropped");
    }

    @Test
    void cloneIsAWarningAndAFindingOnThePageOfItsAgent() {
        Host host = ground.enrolled();
        ground.enrolled("unsuspected");
        host.observations(host.health(1, WELL));
        host.observations(host.health(1, WELL.with("actions", 2)));
        host.receipts(host.receipt(2, "0".repeat(64), null, Ending.rejected(Rejection.UNSIGNED)));

        assertThat(warnings()).containsExactly("clone-suspected", "finding-open");
        List<Json.Obj> findings = shown(host).objects("findings");
        assertThat(findings.stream().map(one -> one.string("severity") + " " + one.string("rule")))
                .containsExactly("high agent.receipts-missing", "critical agent.number-reused");
        assertThat(ground.owner().get("/findings").items().stream().map(one -> one.string("id")))
                .containsExactlyElementsOf(
                        findings.stream().map(one -> one.string("id")).toList());
        assertThat(ground.owner().get("/agents").items().getLast().strings("warnings"))
                .isEmpty();

        ground.owner().post("/agents/" + host.id() + "/revocations", "{'lost': true}");
        assertThat(warnings()).isEmpty();
        assertThat(shown(host).objects("findings")).hasSize(2);
    }

    /** The page of an agent shows findings, so no role sees the one and not the other. */
    @Test
    void whoeverMaySeeAgentsMaySeeFindings() {
        assertThat(Stream.of(Role.values())
                        .filter(role -> role.may(Permission.AGENTS_READ))
                        .filter(role -> !role.may(Permission.FINDINGS_READ)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type': 'file-mode.set', 'parameters': {'path': '/srv/x', 'mode': 420}}",
                "{'type': 'file-mode.set', 'parameters': {'path': '/srv/x', 'mode': 420}, 'justification': ' \\n'}",
                "{'type': 'file-mode.set', 'parameters': {'path': '/srv/x', 'mode': 420}, 'justification': 'LONG'}"
            })
    void actionWithoutAReasonIsNotAskedFor(String body) {
        Host host = ground.enrolled();

        Answer answer =
                ground.owner().post("/agents/" + host.id() + "/actions", body.replace("LONG", "x".repeat(2001)));

        assertThat(answer.problem()).isEqualTo("invalid-field");
        assertThat(answer.body()).contains("/justification");
        assertThat(ground.events()).doesNotContain("agent.order succeeded");
    }

    /** Others decide on what was asked, and for that they show theirs. */
    @Test
    @Claim("I2")
    void askingTakesNoSecondFactor() {
        beyondTheWalls().sql("""
                        UPDATE identity_policy SET step_up_age = interval '10 minutes', version = version + 1
                        WHERE organization_id = ?
                        """).param(ground.organization().id().value()).update();
        String nobody = UUID.randomUUID().toString();

        assertThat(ground.owner()
                        .post("/agents/" + nobody + "/actions", AgentGround.FILE_MODE)
                        .problem())
                .isEqualTo("no-such-agent");
        assertThat(ground.owner()
                        .post("/requests", "{'entitlementId': '" + nobody + "', 'justification': 'x'}")
                        .problem())
                .isEqualTo("no-such-entitlement");
        assertThat(ground.owner().post("/agents", "{'name': 'x'}").problem()).isEqualTo("step-up-required");
    }
}
