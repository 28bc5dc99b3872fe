package dev.nuxari.server.agents;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.protocol.agent.ActionType;
import dev.nuxari.protocol.agent.AgentKey;
import dev.nuxari.server.agents.AgentGround.Host;
import dev.nuxari.server.agents.HostEnrolments.Introduction;
import dev.nuxari.server.agents.HostEnrolments.Ruling;
import dev.nuxari.server.tenancy.Origin;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestOrganization;
import dev.nuxari.transparency.Ed25519PrivateKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** How a host becomes an agent, and stays the only one. */
@ServerTest
@Claim({"E2", "E3"})
class EnrolmentHttpTest {
    private static final int AT_ONCE = 8;

    @Autowired
    TestHttp http;

    @Autowired
    ManualClock clock;

    @Autowired
    AgentDoor door;

    @Autowired
    HostEnrolments enrolments;

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

    @Test
    void hostBecomesAnAgentOnce() {
        String id = ground.pending();
        Json.Obj issued = ground.issued(id);
        String token = issued.string("token");

        assertThat(issued.string("command"))
                .isEqualTo("nuxari agent enroll --server http://localhost:8080 --token " + token + " --fingerprint "
                        + issued.string("fingerprint"));
        Answer first = ground.host(id, AgentGround.key(), token).enrol();
        Answer second = ground.host(id, AgentGround.key(), token).enrol();

        assertThat(first.status()).as(first.body()).isEqualTo(201);
        assertThat(first.json().string("token")).startsWith("nxa_");
        assertThat(second.problem()).isEqualTo("unauthenticated");
        Json.Obj shown = ground.owner().get("/agents/" + id).json().object("agent");
        assertThat(shown.string("state")).isEqualTo("active");
        assertThat(shown.object("host").string("name")).isEqualTo("db1.example");
        assertThat(ground.events())
                .containsExactly("agent.add succeeded", "agent-enrolment.issue succeeded", "agent.enrol succeeded");
    }

    @Test
    void shownWithEveryActionThatCanBePlannedAndHowItIsAskedFor() {
        List<Json.Obj> types = ground.enrolled().shown().objects("actionTypes");

        assertThat(types.stream().map(type -> type.string("type")))
                .containsExactlyElementsOf(
                        Stream.of(ActionType.values()).map(ActionType::spelled).toList());
        assertThat(types.stream()
                        .filter(type -> type.member("known").equals(Json.of(true)))
                        .map(type -> type.string("type")))
                .containsExactly("file-mode.set");
        assertThat(types.getFirst().objects("parameters").stream().map(Json.Obj::canonical))
                .containsExactly(
                        "{\"form\":\"text\",\"name\":\"path\",\"required\":true,\"words\":[]}",
                        "{\"form\":\"whole\",\"least\":0,\"most\":511,\"name\":\"mode\",\"required\":true,\"words\":[]}");
    }

    @Test
    void keysAreAskedForWithoutUsingTheToken() {
        String id = ground.pending();
        Json.Obj issued = ground.issued(id);
        Host host = ground.host(id, AgentGround.key(), issued.string("token"));

        Json.Obj keys = host.get("/agent/v1/keys").json();
        assertThat(keys.objects("manifests")).hasSize(1);
        assertThat(host.get("/agent/v1/keys?keys=1").json().objects("manifests"))
                .isEmpty();
        assertThat(host.enrol().status()).isEqualTo(201);
        assertThat(host.get("/agent/v1/keys").problem()).isEqualTo("unauthenticated");
    }

    @Test
    void oneOfManyThatEnrolAtOnceIsTheAgent() throws Exception {
        String id = ground.pending();
        String token = ground.issued(id).string("token");
        List<Callable<Integer>> hosts = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            Host host = ground.host(id, AgentGround.key(), token);
            hosts.add(() -> host.enrol().status());
        }
        List<Integer> statuses = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (Future<Integer> answer : threads.invokeAll(hosts)) {
                statuses.add(answer.get());
            }
        }

        assertThat(statuses).containsOnly(201, 401);
        assertThat(statuses.stream().filter(status -> status == 201)).hasSize(1);
    }

    /** All of them were let in while the token was good, so that only using it up decides. */
    @Test
    void oneOfManyThatWereLetInIsTheAgent() throws Exception {
        String id = ground.pending();
        EnrolmentToken token =
                EnrolmentToken.parse(ground.issued(id).string("token")).orElseThrow();
        var introduction = new Introduction("db1.example", "0.1.0", List.of());
        List<Callable<Ruling>> hosts = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            EnrollingHost host = door.admit(
                            token, new AgentKey(AgentGround.key().publicKey()), Origin.SERVER)
                    .orElseThrow();
            hosts.add(() -> enrolments.enrol(host, introduction));
        }
        List<Ruling> rulings = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (Future<Ruling> ruling : threads.invokeAll(hosts)) {
                rulings.add(ruling.get());
            }
        }

        assertThat(rulings).hasSize(AT_ONCE);
        assertThat(rulings.stream().filter(Ruling.Enrolled.class::isInstance)).hasSize(1);
        assertThat(rulings.stream().filter(Ruling.TooLate.class::isInstance)).hasSize(AT_ONCE - 1);
    }

    @Test
    void tokenEndsAfterADay() {
        String id = ground.pending();
        String token = ground.issued(id).string("token");
        clock.advance(Duration.ofHours(24));

        assertThat(ground.host(id, AgentGround.key(), token).enrol().problem()).isEqualTo("unauthenticated");
    }

    @Test
    void tokenThatIsRevokedOrReplacedEnrolsNobody() {
        String id = ground.pending();
        Json.Obj first = ground.issued(id);
        Json.Obj second = ground.issued(id);
        String path = "/agents/" + id + "/enrolment-tokens/" + second.string("id") + "/revocations";

        assertThat(ground.owner().post(path, "{}").status()).isEqualTo(201);
        for (Json.Obj issued : List.of(first, second)) {
            assertThat(ground.host(id, AgentGround.key(), issued.string("token"))
                            .enrol()
                            .problem())
                    .isEqualTo("unauthenticated");
        }
    }

    @Test
    void databaseHasHashesAndNoTokens() {
        Host host = ground.enrolled();
        String id = ground.pending();
        String enrolment = ground.issued(id).string("token");

        for (String token : List.of(host.token(), enrolment)) {
            String secret = token.split("_", -1)[2];
            for (String table : List.of("agent", "agent_token", "agent_enrolment")) {
                assertThat(beyondTheWalls()
                                .sql("SELECT count(*) FROM " + table + " t WHERE t::text LIKE '%' || ? || '%'")
                                .param(secret)
                                .query(Long.class)
                                .single())
                        .isZero();
            }
        }
    }

    @Test
    void tokenIsOfNoUseWithoutTheKey() {
        Host host = ground.enrolled();
        Host thief = ground.host(host.id().toString(), AgentGround.key(), host.token());

        assertThat(thief.packages(0, 0).problem()).isEqualTo("unauthenticated");
        assertThat(http.anonymous()
                        .with("Authorization", "DPoP " + host.token())
                        .get("/agent/v1/log?seen=0&keys=1")
                        .problem())
                .isEqualTo("unauthenticated");
        assertThat(host.packages(0, 0).status()).isEqualTo(200);
    }

    @Test
    void proofIsGoodOnceAndForOneRequest() {
        Host host = ground.enrolled();
        String path = "/agent/v1/log?seen=0&keys=1";
        String proof = host.proof("GET", path, clock.instant(), null);

        assertThat(host.send("GET", path, null, proof).status()).isEqualTo(200);
        assertThat(host.send("GET", path, null, proof).problem()).isEqualTo("unauthenticated");
        String other = host.proof("POST", "/agent/v1/token", clock.instant(), null);
        assertThat(host.send("GET", path, null, other).problem()).isEqualTo("unauthenticated");
    }

    @Test
    void hostWithAWrongClockSaysItAgainWithANonce() {
        Host host = ground.enrolled();
        String path = "/agent/v1/log?seen=0&keys=1";
        Answer asked = host.send(
                "GET", path, null, host.proof("GET", path, clock.instant().plusSeconds(600), null));

        assertThat(asked.status()).isEqualTo(401);
        String nonce = asked.header("DPoP-Nonce").orElseThrow();
        String again = host.proof("GET", path, clock.instant().plusSeconds(600), nonce);
        assertThat(host.send("GET", path, null, again).status()).isEqualTo(200);
        assertThat(host.send("GET", path, null, again).status()).isEqualTo(401);
        Host other = ground.enrolled();
        assertThat(other.send(
                                "GET",
                                path,
                                null,
                                other.proof("GET", path, clock.instant().plusSeconds(600), nonce))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void tokensOverlapUntilTheNewOneIsUsed() {
        Host host = ground.enrolled();
        Answer rotated = host.post("/agent/v1/token", Json.object("v", 1));
        assertThat(rotated.status()).as(rotated.body()).isEqualTo(201);
        Answer replaced = host.post("/agent/v1/token", Json.object("v", 1));

        Host next = host.with(replaced.json().string("token"));
        assertThat(host.with(rotated.json().string("token")).packages(0, 0).status())
                .isEqualTo(401);
        assertThat(host.packages(0, 0).status()).isEqualTo(200);
        assertThat(next.packages(0, 0).status()).isEqualTo(200);
        assertThat(host.packages(0, 0).status()).isEqualTo(401);
        assertThat(next.packages(0, 0).status()).isEqualTo(200);
        assertThat(ground.findings()).isEmpty();
    }

    @Test
    void revocationIsEffectiveAtTheNextRequest() {
        Host host = ground.enrolled();
        Answer revoked = ground.owner().post("/agents/" + host.id() + "/revocations", "{'lost': false}");

        assertThat(revoked.json().string("state")).isEqualTo("revoked");
        assertThat(host.packages(0, 0).status()).isEqualTo(401);
        assertThat(host.post("/agent/v1/token", Json.object("v", 1)).status()).isEqualTo(401);
        assertThat(ground.findings()).isEmpty();
    }

    @Test
    void keyOfALostAgentIsBarred() {
        Host host = ground.enrolled();
        ground.owner().post("/agents/" + host.id() + "/revocations", "{'lost': true}");
        String id = ground.pending();
        String token = ground.issued(id).string("token");

        assertThat(ground.host(id, host.key(), token).enrol().problem()).isEqualTo("agent-key-known");
        assertThat(ground.host(id, AgentGround.key(), token).enrol().status()).isEqualTo(201);
        assertThat(ground.findings()).containsExactly("critical agent.key-enrolled-again");
        assertThat(ground.events()).contains("agent.lose succeeded", "agent-key.reuse refused");
    }

    /** The one host has gone on with a new token; the other one, a copy, has the old one. */
    @Test
    void copyOfAHostIsNoticed() {
        Host host = ground.enrolled();
        String token = host.post("/agent/v1/token", Json.object("v", 1)).json().string("token");
        assertThat(host.with(token).packages(0, 0).status()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(6));

        assertThat(host.packages(0, 0).status()).isEqualTo(401);
        assertThat(host.packages(0, 0).status()).isEqualTo(401);
        assertThat(ground.findings()).containsExactly("critical agent.old-token-used");
        assertThat(ground.events().stream().filter("agent-key.reuse refused"::equals))
                .hasSize(1);
    }

    @Test
    void agentsTokenOpensNothingElseAndNothingElseOpensItsRoutes() {
        Host host = ground.enrolled();
        TestHttp.Session agent = http.anonymous().with("Authorization", "Bearer " + host.token());

        assertThat(agent.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(agent.get("/api/v1/organizations/" + ground.organization().id() + "/agents")
                        .status())
                .isEqualTo(401);
        assertThat(agent.get("/scim/v2/" + ground.organization().id() + "/Users")
                        .status())
                .isEqualTo(401);
        String path = "/agent/v1/log?seen=0&keys=1";
        for (Role role : Role.values()) {
            TestHttp.Session member = http.as(ground.organization().member(role));
            assertThat(member.with("DPoP", host.proof("GET", path, clock.instant(), null))
                            .get(path)
                            .status())
                    .isEqualTo(401);
        }
        String enrolment = ground.issued(ground.pending()).string("token");
        Ed25519PrivateKey key = AgentGround.key();
        assertThat(ground.host(host.id().toString(), key, enrolment).get(path).status())
                .isEqualTo(401);
        assertThat(host.get("/agent/v1/keys").status()).isEqualTo(401);
        assertThat(host.enrol().status()).isEqualTo(401);
    }
}
