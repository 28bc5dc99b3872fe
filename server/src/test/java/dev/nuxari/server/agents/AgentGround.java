package dev.nuxari.server.agents;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.protocol.DsseEnvelope;
import dev.nuxari.protocol.KeyManifest;
import dev.nuxari.protocol.agent.AgentKey;
import dev.nuxari.protocol.agent.AgentProof;
import dev.nuxari.protocol.agent.Observations;
import dev.nuxari.protocol.agent.Receipt;
import dev.nuxari.protocol.agent.Summary;
import dev.nuxari.protocol.agent.SummaryKind;
import dev.nuxari.server.tenancy.AgentAdmission.Admitted;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.tenancy.Origin;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestOrganization;
import dev.nuxari.transparency.Ed25519PrivateKey;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An organization, and hosts that speak the agents' protocol with the classes of the agents. */
record AgentGround(TestHttp http, ManualClock clock, TestOrganization organization) {
    static final String FILE_MODE = "{'type': 'file-mode.set', 'parameters': {'path': '/srv/app/run', 'mode': 493},"
            + " 'justification': 'it has to run'}";

    /** What an agent says of itself that has nothing to complain of. */
    static final Json.Obj WELL = Json.object(
            "version", "0.1.0",
            "policy", "valid",
            "log", "followed",
            "actions", 1,
            "waitingReceipts", 0,
            "droppedObservations", 0,
            "clockDifference", 0);

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final SecureRandom RANDOM = new SecureRandom();

    TestHttp.Session owner() {
        return http.as(organization.member(Role.OWNER));
    }

    /** As the server knows a host that it has let in. */
    AgentClient client(Doorkeeper doorkeeper, Host host) {
        var admission = (Admitted) doorkeeper.admitAgent(
                organization.id(), AgentToken.parse(host.token()).orElseThrow().hash(), Origin.SERVER);
        return new AgentClient(
                new AgentId(admission.agent()), new AgentKey(host.key().publicKey()), admission.caller());
    }

    /** The id of an agent that no host has become. */
    String pending() {
        return pending("db1");
    }

    String pending(String name) {
        Answer added = owner().post("/agents", "{'name': '" + name + "'}");
        assertThat(added.status()).as(added.body()).isEqualTo(201);
        return added.json().string("id");
    }

    Json.Obj issued(String agent) {
        Answer issued = owner().post("/agents/" + agent + "/enrolment-tokens", "{}");
        assertThat(issued.status()).as(issued.body()).isEqualTo(201);
        return issued.json();
    }

    /** The workflow of what was ordered comes to this state. */
    void awaitState(Json.Obj ordered, String state) {
        String path = "/workflows/" + ordered.string("workflowId");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(owner().get(path).json().string("state")).isEqualTo(state));
    }

    static Ed25519PrivateKey key() {
        return Ed25519PrivateKey.generate(RANDOM);
    }

    /** A host that has become an agent. */
    Host enrolled() {
        return enrolled("db1");
    }

    Host enrolled(String name) {
        String id = pending(name);
        Ed25519PrivateKey key = key();
        Host host = new Host(id, key, issued(id).string("token"), "Bearer ");
        KeyManifest manifest = KeyManifest.parse(
                host.get("/agent/v1/keys").json().objects("manifests").getLast());
        Answer answer = host.enrol();
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.json().string("agentId")).isEqualTo(id);
        assertThat(manifest.organization()).isEqualTo(organization.id());
        return new Host(id, key, answer.json().string("token"), "DPoP ");
    }

    /** What the owner wants this host to do, and nobody has approved. */
    Json.Obj ordered(Host host) {
        Answer ordered = owner().post("/agents/" + host.id() + "/actions", FILE_MODE);
        assertThat(ordered.status()).as(ordered.body()).isEqualTo(201);
        return ordered.json();
    }

    void approve(Json.Obj ordered, Role role) {
        Answer decided = http.as(organization.member(role))
                .post(
                        "/approvals/" + ordered.string("approvalId") + "/decisions",
                        "{'verdict': 'approve', 'reason': 'seen', 'planHash': '" + ordered.string("planHash") + "'}");
        assertThat(decided.status()).as(decided.body()).isEqualTo(201);
    }

    /** The same, approved by as many as it needs. */
    Json.Obj granted(Host host) {
        Json.Obj ordered = ordered(host);
        approve(ordered, Role.APPROVER);
        approve(ordered, Role.ADMIN);
        return ordered;
    }

    Host host(String id, Ed25519PrivateKey key, String token) {
        return new Host(id, key, token, token.startsWith("nxe_") ? "Bearer " : "DPoP ");
    }

    /** Who speaks, with which key and token. */
    final class Host {
        private final String id;
        private final Ed25519PrivateKey key;
        private final String token;
        private final String scheme;

        private Host(String id, Ed25519PrivateKey key, String token, String scheme) {
            this.id = id;
            this.key = key;
            this.token = token;
            this.scheme = scheme;
        }

        UUID id() {
            return UUID.fromString(id);
        }

        Ed25519PrivateKey key() {
            return key;
        }

        String token() {
            return token;
        }

        Host with(String another) {
            return host(id, key, another);
        }

        String thumbprint() {
            return new AgentKey(key.publicKey()).thumbprint();
        }

        Answer enrol() {
            return post(
                    "/agent/v1/enroll",
                    Json.object(
                            "v",
                            1,
                            "hostName",
                            "db1.example",
                            "version",
                            "0.1.0",
                            "capabilities",
                            List.of("file-mode.set")));
        }

        Answer get(String path) {
            return send("GET", path, null);
        }

        Answer post(String path, Json.Obj body) {
            return send("POST", path, body);
        }

        Answer send(String method, String path, Json.@Nullable Obj body) {
            return send(method, path, body, proof(method, path, clock.instant(), null));
        }

        Answer send(String method, String path, Json.@Nullable Obj body, String proof) {
            return http.anonymous()
                    .with("Authorization", scheme + token)
                    .with("DPoP", proof)
                    .send(method, path, body == null ? null : body.canonical());
        }

        String proof(String method, String path, Instant at, @Nullable String nonce) {
            var request = new AgentProof.Request(method, URI.create("http://localhost:8080" + path), token);
            return AgentProof.make(key, request, at, Optional.ofNullable(nonce));
        }

        Answer packages(int wait, long seen) {
            return get("/agent/v1/packages?wait=%d&seen=%d&keys=1&after=0".formatted(wait, seen));
        }

        Answer receipts(DsseEnvelope... receipts) {
            List<Json.Obj> all =
                    List.of(receipts).stream().map(DsseEnvelope::json).toList();
            return post("/agent/v1/receipts", Json.object("v", 1, "receipts", all));
        }

        DsseEnvelope receipt(long number, String packageHash, @Nullable UUID packageId, Receipt.Ending ending) {
            return new Receipt(
                            organization.id(),
                            id(),
                            number,
                            clock.instant().truncatedTo(java.time.temporal.ChronoUnit.MILLIS),
                            packageHash,
                            Optional.ofNullable(packageId),
                            ending)
                    .sign(key);
        }

        DsseEnvelope health(long number, String version) {
            return health(number, version, "followed");
        }

        DsseEnvelope health(long number, String version, String log) {
            return health(number, WELL.with("version", version).with("log", log));
        }

        DsseEnvelope health(long number, Json.Obj values) {
            var health = new Summary(SummaryKind.AGENT_HEALTH, values);
            Instant at = clock.instant().truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
            return new Observations(organization.id(), id(), number, at, "agent-health", 1, true, List.of(health))
                    .sign(key);
        }

        /** Of an agent that says what it would do. */
        DsseEnvelope capable(long number, String version, List<String> actions) {
            Instant at = clock.instant().truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
            List<Summary> said = Stream.concat(
                            Stream.of(new Summary(SummaryKind.AGENT_HEALTH, WELL.with("version", version))),
                            actions.stream().map(action -> Summary.of(SummaryKind.AGENT_CAPABILITY, "action", action)))
                    .toList();
            return new Observations(organization.id(), id(), number, at, "agent-health", 2, true, said).sign(key);
        }

        Answer observations(DsseEnvelope... observations) {
            List<Json.Obj> all =
                    List.of(observations).stream().map(DsseEnvelope::json).toList();
            return post("/agent/v1/observations", Json.object("v", 1, "observations", all));
        }

        /** As people see it. */
        Json.Obj shown() {
            return owner().get("/agents/" + id).json();
        }
    }

    /** What the log has of agents, the oldest first: {@code agent.enrol succeeded}. */
    List<String> events() {
        return beyondTheWalls()
                .sql("""
                SELECT action || ' ' || outcome
                FROM audit_event WHERE organization_id = ? AND noun LIKE 'agent%' ORDER BY sequence
                """)
                .param(organization.id().value())
                .query((row, _) -> row.getString(1))
                .list();
    }

    /** What deviates: {@code critical agent.number-reused}. */
    List<String> findings() {
        return owner().get("/findings").items().stream()
                .map(one -> one.string("severity") + " " + one.string("rule"))
                .toList();
    }
}
