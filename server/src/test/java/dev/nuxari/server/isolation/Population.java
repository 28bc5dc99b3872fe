package dev.nuxari.server.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.testing.TestAgents;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestMember;
import dev.nuxari.server.testing.TestOrganization;
import dev.nuxari.server.testing.TestPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An organization that has something of everything, made over HTTP by its own people, with a directory that answers. */
final class Population implements AutoCloseable {
    /** How names of providers begin that an attempt adds. */
    static final String ADDED = "added-";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final PrivateDatabase database;
    private final TestHttp http;
    private final TestOrganization organization;
    private final GovernedTree tree;
    private final Map<Role, TestHttp.Session> sessions = new EnumMap<>(Role.class);
    private final Map<String, String> ids = new HashMap<>();
    private String idleConnector = "";
    private String idleObservation = "";
    private Instant begun = Instant.EPOCH;
    private Instant connected = Instant.EPOCH;

    /** A request that waits for its approvers. */
    record Open(String request, String approval, String workflow, String planHash) {
        static Open of(Json.Obj request) {
            return new Open(
                    request.string("id"),
                    request.string("approvalId"),
                    request.string("workflowId"),
                    request.string("planHash"));
        }
    }

    /** An object as it was read, with its version. */
    record Versioned(Json.Obj read, String eTag) {
        /** Of two values the one that the member does not have. */
        String otherThan(String name, String one, String another) {
            return read.string(name).equals(one) ? another : one;
        }
    }

    private Population(PrivateDatabase database, TestHttp http) {
        this.database = database;
        this.http = http;
        this.organization = TestOrganization.freshIn(database.as("nuxari_provisioner"));
        this.tree = new GovernedTree(
                organization.slug(), List.of(organization.member(Role.APPROVER), organization.member(Role.REQUESTER)));
    }

    static Population settle(PrivateDatabase database, TestHttp http) {
        Population population = new Population(database, http);
        population.begun = now();
        population.enrolFromOwnDomain();
        population.connect();
        population.connected = now();
        population.request();
        population.ask();
        population.findings();
        population.wish("readers");
        return population;
    }

    OrganizationId id() {
        return organization.id();
    }

    TestMember owner() {
        return organization.member(Role.OWNER);
    }

    TestHttp.Session as(Role role) {
        return sessions.computeIfAbsent(role, wanted -> http.as(organization.member(wanted)));
    }

    /** The id of one of its objects, by the name of the id's type; or its own, if it has no type. */
    Optional<String> idOf(String type) {
        return Optional.ofNullable(ids.get(type));
    }

    String known(String type) {
        return idOf(type).orElseThrow();
    }

    /** A system whose observed book nobody has accepted. */
    String idleConnector() {
        return idleConnector;
    }

    String idleObservation() {
        return idleObservation;
    }

    private static Instant now() {
        return Instant.ofEpochMilli(System.currentTimeMillis());
    }

    /** In which its systems were connected, and nothing was sealed yet. */
    Map<String, String> firstPeriod() {
        return Map.of("from", begun.toString(), "to", connected.toString());
    }

    /** What registering its directory once more takes. */
    String registration(String name) {
        return tree.registration(name);
    }

    Open openRequest() {
        return Open.of(created(as(Role.REQUESTER), "/requests", wish("readers")));
    }

    void approve(Open open) {
        created(
                as(Role.APPROVER),
                "/approvals/" + open.approval() + "/decisions",
                "{'verdict': 'approve', 'reason': 'seen', 'planHash': '%s'}".formatted(open.planHash()));
    }

    /** The domain of its people's addresses. */
    String domain() {
        return owner().email().replaceFirst(".*@", "");
    }

    /** It enrols from its own domain only. */
    private void enrolFromOwnDomain() {
        Answer changed = as(Role.OWNER)
                .with("If-Match", versioned("/identity-policy").eTag())
                .send(
                        "PUT",
                        "/identity-policy",
                        TestPolicy.with("{'emailDomainAllowlist': ['%s']}".formatted(domain())));
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        ids.put("readonly", organization.member(Role.READONLY).id().toString());
    }

    private void connect() {
        String directory = connected("Directory of " + organization.slug());
        String observation = observed(directory);
        accept(directory, observation);
        ids.put("ConnectorId", directory);
        ids.put("ObservationId", observation);
        idleConnector = connected("Archive of " + organization.slug());
        idleObservation = observed(idleConnector);
        ids.put("EntitlementId", idOf("entitlements", "writers", directory));
        ids.put("AccountId", idOf("accounts", "requester", directory));
        ids.put("MemberId", organization.member(Role.REQUESTER).id().toString());
    }

    private String connected(String name) {
        return created(as(Role.OWNER), "/connectors", tree.registration(name)).string("id");
    }

    private String observed(String connector) {
        Answer started = as(Role.OWNER).post("/connectors/" + connector + "/observations", "{}");
        assertThat(started.status()).as(started.body()).isEqualTo(202);
        String id = started.json().string("id");
        await("/observations/" + id, "completed");
        return id;
    }

    private void accept(String connector, String observation) {
        created(
                as(Role.OWNER),
                "/connectors/" + connector + "/baselines",
                "{'observationId': '%s', 'justification': 'as it should be'}".formatted(observation));
    }

    /** Two requests that were carried out, with all the evidence of that. */
    private void request() {
        for (String group : List.of("guests", "writers")) {
            Open open = Open.of(created(as(Role.REQUESTER), "/requests", wish(group)));
            approve(open);
            Json.Obj workflow = await("/workflows/" + open.workflow(), "completed");
            ids.put("RequestId", open.request());
            ids.put("requestId", open.request());
            ids.put("approvalRef", open.approval());
            ids.put("following", open.workflow());
            ids.put("ApprovalId", open.approval());
            ids.put("WorkflowId", open.workflow());
            ids.put("evidence-packages", workflow.string("evidencePackageId"));
        }
    }

    /** What comes into being because somebody looks. */
    private void ask() {
        http.signIn(owner());
        TestMember requester = organization.member(Role.REQUESTER);
        ids.put(
                "SessionId",
                http.browserOf(requester)
                        .get("/members/" + requester.id() + "/sessions")
                        .items()
                        .getFirst()
                        .string("id"));
        TestHttp.Session owner = as(Role.OWNER);
        assertThat(owner.get("/log/" + id() + "/checkpoint").status()).isEqualTo(200);
        assertThat(owner.get("/evidence-packages/" + known("evidence-packages") + "/export?format=sigstore")
                        .status())
                .isEqualTo(200);
        assertThat(owner.post("/members/" + requester.id() + "/unlocks", "{}").status())
                .isEqualTo(201);
        freshDomain();
        ids.put("DomainId", freshDomain());
        freshInvite();
        ids.put("InviteId", freshInvite());
        directories();
        agents();
        ids.put("ProviderId", freshProvider());
        String recipient = "{'recipient': 'Ernst of %s'}".formatted(organization.slug());
        for (int links = 0; links < 2; links++) {
            ids.put(
                    "shares",
                    created(owner, "/evidence-packages/" + known("evidence-packages") + "/shares", recipient)
                            .object("share")
                            .string("id"));
        }
    }

    /** Two that act, and what they have sent; and one that no host has become. */
    private void agents() {
        for (int agents = 0; agents < 2; agents++) {
            freshAgent();
            ids.put("EnrolmentTokenId", freshEnrolmentToken());
            ids.put("AgentId", TestAgents.enrolled(database.beyondTheWalls(), freshAgent()));
            AgentWords.said(database.beyondTheWalls(), id(), UUID.fromString(known("AgentId")));
        }
        ids.put("PendingAgentId", freshAgent());
    }

    /** One that no host has become. */
    String freshAgent() {
        String id = created(as(Role.OWNER), "/agents", "{'name': 'Agent of %s'}".formatted(organization.slug()))
                .string("id");
        ids.put("PendingAgentId", id);
        return id;
    }

    String freshEnrolmentToken() {
        return created(as(Role.OWNER), "/agents/" + known("PendingAgentId") + "/enrolment-tokens", "{}")
                .string("id");
    }

    /** Two of them, and what they have sent. */
    private void directories() {
        for (int directories = 0; directories < 2; directories++) {
            ids.put(
                    "DirectoryId",
                    created(
                                    as(Role.OWNER),
                                    "/directories",
                                    "{'name': 'Directory of %s', 'defaultRole': 'readonly', 'ceiling': 'readonly'}"
                                            .formatted(organization.slug()))
                            .string("id"));
            ids.put("DirectoryTokenId", freshDirectoryToken());
            sent(UUID.fromString(known("DirectoryId")), UUID.randomUUID(), UUID.randomUUID());
        }
    }

    private void sent(UUID directory, UUID user, UUID group) {
        JdbcClient jdbc = database.beyondTheWalls();
        jdbc.sql("""
                INSERT INTO directory_role (organization_id, directory_id, matched_by, matched_value, role)
                VALUES (?, ?, 'display-name', 'Readers', 'readonly')
                """).params(id().value(), directory).update();
        jdbc.sql("""
                INSERT INTO directory_user (organization_id, user_id, directory_id, user_name, user_key, email, active,
                                            document, search, created_at, changed_at)
                VALUES (?, ?, ?, 'u', 'u', 'u' || CAST(? AS text) || '@example.org', true, '{}', '{}', now(), now())
                """).params(id().value(), user, directory, user).update();
        jdbc.sql("""
                INSERT INTO directory_group (organization_id, group_id, directory_id, display_name, group_key, search,
                                             created_at, changed_at)
                VALUES (?, ?, ?, 'Readers', 'readers', '{}', now(), now())
                """).params(id().value(), group, directory).update();
        jdbc.sql("INSERT INTO directory_group_member (organization_id, group_id, user_id) VALUES (?, ?, ?)")
                .params(id().value(), group, user)
                .update();
    }

    /** One that opens its directory. */
    String freshDirectoryToken() {
        return created(as(Role.OWNER), "/directories/" + known("DirectoryId") + "/tokens", "{}")
                .string("id");
    }

    /** A domain that may be looked at; nothing is known of it. */
    String freshDomain() {
        String id = created(as(Role.OWNER), "/domains", "{'domain': 'd" + UUID.randomUUID() + ".example'}")
                .string("id");
        change(
                "UPDATE organization_domain SET next_check_at = added_at WHERE domain_id = :id AND domain <> :value",
                id,
                "");
        return id;
    }

    /** An invitation that may be sent again. */
    String freshInvite() {
        String id = created(
                        as(Role.OWNER),
                        "/invites",
                        "{'email': 'p%s@%s', 'role': 'requester'}".formatted(UUID.randomUUID(), domain()))
                .string("id");
        change(
                "UPDATE invite SET queued_at = queued_at - interval '2 hours' WHERE invite_id = :id AND email <> :value",
                id,
                "");
        return id;
    }

    /** A draft of an identity provider; there may be ten, so that the others make room. */
    String freshProvider() {
        TestHttp.Session owner = as(Role.OWNER);
        owner.get("/identity-providers").items().stream()
                .map(provider -> provider.string("id"))
                .filter(id -> !id.equals(ids.get("ProviderId")))
                .forEach(id -> owner.post("/identity-providers/" + id + "/removals", "{}"));
        return created(owner, "/identity-providers", provider("p" + UUID.randomUUID()))
                .string("id");
    }

    /** There may be ten in an organization, and attempts add more, wherever these come to lie. */
    void roomForProviders() {
        change(
                "DELETE FROM identity_provider WHERE name LIKE '" + ADDED + "%' AND provider_id <> :id AND :value = ''",
                known("ProviderId"),
                "");
    }

    static String provider(String name) {
        return "{'name': '" + name + "', 'preset': 'saml', 'metadataUrl': 'https://127.0.0.1/saml'}";
    }

    /** There are none as long as nobody tampers with the log. */
    void findings() {
        database.beyondTheWalls().sql("""
                        INSERT INTO finding (organization_id, finding_id, kind, severity, state, rule, subject,
                                             first_seen_at, last_seen_at)
                        SELECT ?, gen_random_uuid(), 'control-failure', 'critical', 'open', 'log.event-changed',
                               'event ' || number, now(), now()
                        FROM generate_series(1, 2) AS number
                        """).param(id().value()).update();
    }

    /** An entry of its log whose number is higher than any in a log that others have. */
    String lastSequence() {
        long longest = database.beyondTheWalls()
                .sql("SELECT max(size) FROM audit_head WHERE organization_id <> ?")
                .param(id().value())
                .query((row, _) -> row.getLong(1))
                .single();
        while (size() <= longest) {
            as(Role.OWNER).get("/evidence-packages/" + known("evidence-packages") + "/export");
        }
        return Long.toString(size() - 1);
    }

    /** How many entries it is over: more than any log has that others own. */
    String lastCheckpoint() {
        lastSequence();
        String checkpoint = as(Role.OWNER).get("/log/" + id() + "/checkpoint").body();
        return checkpoint.lines().skip(1).findFirst().orElseThrow();
    }

    /** The version of its keys, which a rotation has to name. */
    long keyVersion() {
        return as(Role.OWNER).get("/log/" + id() + "/keys").json().integer("version");
    }

    private long size() {
        return as(Role.OWNER).get("/audit-head").json().integer("treeSize");
    }

    private String wish(String group) {
        return "{'entitlementId': '%s', 'justification': 'on the team now'}"
                .formatted(ids.computeIfAbsent(group, name -> idOf("entitlements", name, known("ConnectorId"))));
    }

    private String idOf(String collection, String name, String connector) {
        return as(Role.OWNER)
                .get("/%s?query=%s&connectorId=%s".formatted(collection, name, connector))
                .items()
                .getFirst()
                .string("id");
    }

    private Json.Obj await(String path, String state) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Json.Obj found = as(Role.OWNER).get(path).json();
        while (!found.string("state").equals(state)) {
            assertThat(System.nanoTime()).as(found.canonical()).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            found = as(Role.OWNER).get(path).json();
        }
        return found;
    }

    private static Json.Obj created(TestHttp.Session session, String path, String body) {
        Answer answer = session.post(path, body);
        assertThat(answer.status()).as(path + ": " + answer.body()).isEqualTo(201);
        return answer.json();
    }

    /** Makes the request one of this member: only who asked may take it back, and that is not what is to be tested. */
    void handTo(TestMember member, Open open) {
        change(
                "UPDATE request SET requester = :value WHERE request_id = :id",
                open.request(),
                member.id().value());
    }

    /** As if the directory had been out of reach for too long. */
    void fail(Open open) {
        change(
                "UPDATE workflow SET state = 'failed', failure_class = 'connector', failure_reason = :value"
                        + " WHERE workflow_id = :id",
                open.workflow(),
                "out of reach");
    }

    /** Nobody looks at the idle system, and nobody has accepted its book. */
    void rest() {
        change("DELETE FROM observation WHERE state = :value AND connector_id = :id", idleConnector, "running");
        change(
                "DELETE FROM approved_assignment WHERE source = :value AND connector_id = :id",
                idleConnector,
                "baseline");
    }

    /** All its links are open, those too that were revoked. */
    void unrevoked() {
        change(
                "UPDATE share_link SET revoked_at = NULL, revoked_by = NULL WHERE share_id = :id AND recipient <> :value",
                known("shares"),
                "");
    }

    /** The session is open, also if it was ended. */
    void unlockedLongAgo() {
        change(
                "UPDATE member_unlock SET unlocked_at = unlocked_at - interval '1 hour' WHERE member_id = :id AND :value = ''",
                known("MemberId"),
                "");
    }

    void signedInAgain() {
        change("UPDATE session SET ended_at = NULL WHERE session_id = :id AND acr <> :value", known("SessionId"), "");
    }

    Versioned versioned(String path) {
        Answer answer = as(Role.OWNER).get(path);
        return new Versioned(answer.json(), answer.header("ETag").orElseThrow());
    }

    /** Whatever keys and triggers say. */
    private void change(String sql, String id, Object value) {
        JdbcClient jdbc = database.beyondTheWalls();
        jdbc.sql("SET session_replication_role = replica").update();
        jdbc.sql(sql).param("id", UUID.fromString(id)).param("value", value).update();
        jdbc.sql("RESET session_replication_role").update();
    }

    @Override
    public void close() {
        tree.close();
    }
}
