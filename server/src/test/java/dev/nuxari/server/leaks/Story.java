package dev.nuxari.server.leaks;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.leaks.Wire.Answer;
import dev.nuxari.server.leaks.Wire.Call;
import dev.nuxari.server.testing.TestBroker;
import dev.nuxari.server.testing.TestDatabase;
import dev.nuxari.server.testing.TestDns;
import dev.nuxari.server.testing.TestOrganization;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * The life of an organization whose people write secrets into every text that is theirs to write, and whose systems answer
 * with more of them. All of it is accepted: what may be stored of it is decided behind the front door.
 */
final class Story {
    private static final int BUNDLE = 256;
    private static final int STRING = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Canaries canaries;
    private final Wire wire;
    private final TestOrganization organization;
    private final LadenSystems systems;
    private final Map<String, String> ids = new HashMap<>();
    private final List<String> packages = new ArrayList<>();

    Story(Canaries canaries, Wire wire, TestOrganization organization, LadenSystems systems) {
        this.canaries = canaries;
        this.wire = wire;
        this.organization = organization;
        this.systems = systems;
    }

    /** Each of them is a list of constants, or in a form that no secret has. */
    private static final List<String> POLICY = List.of(
            "emailDomainAllowlist",
            "loginMethods",
            "ipAllowlist",
            "inviteTtl",
            "sessionMaxAge",
            "idleTimeout",
            "stepUpAge");

    private static final List<String> PROVIDER = List.of(
            "name",
            "issuer",
            "clientId",
            "clientSecret",
            "metadataUrl",
            "metadataXml",
            "emailAttribute",
            "groupsClaim",
            "groups");

    /** The texts that people write in a body, by route and place: each is pushed in below, where it is accepted. */
    static final Map<String, List<String>> WRITTEN = Map.ofEntries(
            Map.entry("POST /connectors", List.of("name", "settings", "credentials/observe", "credentials/execute")),
            Map.entry("POST /connectors/{id}/baselines", List.of("justification")),
            Map.entry("PATCH /entitlements/{id}", List.of("description")),
            Map.entry("PUT /identity-policy", POLICY),
            Map.entry("POST /identity-policy/preview", POLICY),
            Map.entry("POST /agents", List.of("name")),
            Map.entry("POST /agents/{id}/actions", List.of("type", "parameters", "justification")),
            Map.entry("POST /directories", List.of("name", "groupRoles")),
            Map.entry("PUT /directories/{id}", List.of("name", "groupRoles")),
            Map.entry("POST /domains", List.of("domain")),
            Map.entry("POST /api/v1/me/credentials/removals", List.of("credentialId")),
            Map.entry("POST /invites", List.of("email")),
            Map.entry("POST /identity-providers", PROVIDER),
            Map.entry("PUT /identity-providers/{id}", PROVIDER),
            Map.entry("POST /requests", List.of("justification")),
            Map.entry("POST /log-key-rotations", List.of("justification")),
            Map.entry("POST /approvals/{id}/decisions", List.of("reason")),
            Map.entry("POST /evidence-packages/{id}/shares", List.of("recipient")),
            Map.entry(
                    "POST /audit-events/shares",
                    List.of("recipient", "filter/actor", "filter/action", "filter/targetType", "filter/targetId")));

    void tell() {
        ids.put("organizationId", organization.id().toString());
        ids.put("MemberId", organization.member(Role.READONLY).id().toString());
        ids.put("SessionId", UUID.randomUUID().toString());
        connect();
        observeAndAccept();
        describe();
        granted();
        String failed = decided(known("ConnectorId"), "locked", "approve");
        awaitWorkflow(failed, "failed");
        decided(known("ConnectorId"), "writers", "reject");
        cancelled();
        for (LadenSystem other : List.of(systems.cluster(), systems.realm())) {
            live(other);
        }
        ids.put("evidence-packages", packages.getFirst());
        connectOthers();
        share();
        publish();
        removeCredentials();
        new Newcomers(this, canaries, wire, organization).come(ids);
        rotate();
    }

    private void connect() {
        Json.Obj connector =
                created(Role.OWNER, "/connectors", systems.directory().registration("Directory"));
        ids.put("ConnectorId", connector.string("id"));
    }

    private void observeAndAccept() {
        ids.put("ObservationId", accepted(known("ConnectorId")));
        ids.put("EntitlementId", entitlement(known("ConnectorId"), "readers"));
        ids.put("AccountId", first("/accounts?query=requester&connectorId=" + known("ConnectorId")));
    }

    private String accepted(String connector) {
        String observation = observed(connector, "completed");
        created(
                Role.OWNER,
                "/connectors/" + connector + "/baselines",
                Json.object(
                        "observationId", observation, "justification", canaries.all("justification of a baseline")));
        return observation;
    }

    /** Something is granted there, and something cannot be. */
    private void live(LadenSystem system) {
        String connector = created(Role.OWNER, "/connectors", system.registration("Other " + UUID.randomUUID()))
                .string("id");
        accepted(connector);
        awaitWorkflow(decided(connector, "readers", "approve"), "completed");
        awaitWorkflow(decided(connector, "locked", "approve"), "failed");
    }

    private String observed(String connector, String state) {
        Answer started = send(Role.OWNER, Call.of("POST", "/connectors/" + connector + "/observations", "{}"));
        String id = started.as(202).json().string("id");
        await("/observations/" + id, state);
        return id;
    }

    private void describe() {
        for (Kind kind : Kind.values()) {
            String version =
                    get("/entitlements/" + known("EntitlementId")).json().integer("version") + "";
            Json.Obj patch = Json.object("description", canaries.text("description by hand", kind));
            send(
                            Role.OWNER,
                            Call.of("PATCH", "/entitlements/" + known("EntitlementId"), patch.canonical())
                                    .with("If-Match", '"' + version + '"'))
                    .as(200);
        }
    }

    private void granted() {
        String workflow = decided(known("ConnectorId"), "readers", "approve");
        awaitWorkflow(workflow, "completed");
    }

    /** Asked for and decided; answers the workflow. */
    private String decided(String connector, String group, String verdict) {
        Json.Obj request = asked(connector, group);
        ids.put("RequestId", request.string("id"));
        ids.put("ApprovalId", request.string("approvalId"));
        ids.put("WorkflowId", request.string("workflowId"));
        created(
                Role.APPROVER,
                "/approvals/" + request.string("approvalId") + "/decisions",
                Json.object(
                        "verdict",
                        verdict,
                        "reason",
                        canaries.all("reason of a decision to " + verdict),
                        "planHash",
                        request.string("planHash")));
        if (verdict.equals("reject")) {
            packages.add(get("/requests/" + request.string("id")).json().string("evidencePackageId"));
        }
        return request.string("workflowId");
    }

    private Json.Obj asked(String connector, String group) {
        return created(
                Role.REQUESTER,
                "/requests",
                Json.object(
                        "entitlementId",
                        entitlement(connector, group),
                        "justification",
                        canaries.all("justification of a request for " + group)));
    }

    private void cancelled() {
        Json.Obj request = asked(known("ConnectorId"), "guests");
        created(Role.REQUESTER, "/requests/" + request.string("id") + "/cancellations", Json.object());
    }

    private void awaitWorkflow(String id, String state) {
        await("/workflows/" + id, state);
        packages.add(get("/workflows/" + id).json().string("evidencePackageId"));
    }

    /** Systems whose settings, names or credentials hold secrets, and systems that do not let anybody in. */
    private void connectOthers() {
        for (LadenSystem system : systems.all()) {
            String other = " " + UUID.randomUUID();
            observed(
                    created(Role.OWNER, "/connectors", system.refusedRegistration("Refused" + other))
                            .string("id"),
                    "failed");
            observed(
                    created(Role.OWNER, "/connectors", system.blindRegistration("Blind" + other))
                            .string("id"),
                    "failed");
        }
        for (Kind kind : Kind.values()) {
            register(systems.directory().registration("named " + canaries.text("name of a connector", kind)));
            Json.Obj credential = Json.object(canaries.text("field of a credential", kind), "x");
            register(named(systems.directory()).with("credentials", Json.object("observe", credential)));
            for (LadenSystem system : systems.all()) {
                register(setting(system, canaries.text("unknown setting of a connector", kind), "x"));
            }
            systems.settings()
                    .forEach((system, name) ->
                            register(setting(system, name, canaries.text("setting of a connector", kind))));
            systems.wrongCredentials(canaries.text("wrong credential", kind))
                    .forEach((system, wrong) -> lookWith(system, wrong));
        }
    }

    /** Links for outsiders. A link's token is a secret that the server makes: it tells it once, and to nobody else. */
    private void share() {
        for (Kind kind : Kind.ONE_LINE) {
            shared("/evidence-packages/" + packages.getFirst() + "/shares", recipient(kind));
            shared("/audit-events/shares", recipient(kind).with("filter", Json.object()));
            for (String part : List.of("actor", "action", "targetType", "targetId")) {
                Json.Obj refused = Json.object(part, canaries.text(part + " of a link", kind));
                send(
                        Role.OWNER,
                        Call.of(
                                "POST",
                                "/audit-events/shares",
                                recipient(kind).with("filter", refused).canonical()));
            }
        }
    }

    /** A domain, in whose zone there are secrets beside the record. Those who write zones are not always asked. */
    private void publish() {
        for (Kind kind : Kind.values()) {
            Json.Obj domain =
                    created(Role.OWNER, "/domains", Json.object("domain", "d" + UUID.randomUUID() + ".example"));
            ids.put("DomainId", domain.string("id"));
            String secret = canaries.text("TXT record", kind);
            TestDns.instance()
                    .script(
                            domain.object("record").string("name"),
                            (query, asker) -> asker.send(TestDns.answer(
                                    query,
                                    TestDns.txtRecord(TestDns.question(query).getName(), pieces(secret)))));
            TestDatabase.beyondTheWalls()
                    .sql("UPDATE organization_domain SET next_check_at = added_at WHERE domain_id = ?")
                    .param(UUID.fromString(domain.string("id")))
                    .update();
            created(Role.OWNER, "/domains/" + domain.string("id") + "/checks", Json.object());
        }
        Json.Obj invite = created(
                Role.OWNER,
                "/invites",
                Json.object("email", "p" + UUID.randomUUID() + "@people.example", "role", "requester"));
        ids.put("InviteId", invite.string("id"));
    }

    /** Whoever pastes a secret there has no credential of that id, and hears so. */
    private void removeCredentials() {
        for (Kind kind : Kind.values()) {
            Json.Obj removal = Json.object("credentialId", canaries.text("id of a credential", kind));
            send(Role.READONLY, Call.of("POST", "/api/v1/me/credentials/removals", removal.canonical()));
        }
    }

    /** As long as one string of a record may be. */
    private static String[] pieces(String text) {
        return IntStream.iterate(0, at -> at < text.length(), at -> at + STRING)
                .mapToObj(at -> text.substring(at, Math.min(text.length(), at + STRING)))
                .toArray(String[]::new);
    }

    private void rotate() {
        long version = get("/log/" + organization.id() + "/keys").json().integer("version");
        created(
                Role.OWNER,
                "/log-key-rotations",
                Json.object("manifestVersion", version, "justification", canaries.all("justification of a rotation")));
    }

    private Json.Obj recipient(Kind kind) {
        String text = canaries.text("recipient of a link", kind);
        return Json.object("recipient", text.substring(0, Math.min(text.length(), 200)));
    }

    private void shared(String path, Json.Obj body) {
        Answer answer = send(Role.OWNER, Call.of("POST", path, body.canonical()));
        wire.forget(answer);
        Json.Obj made = answer.as(201).json();
        ids.put("shares", made.object("share").string("id"));
        String token = made.string("token");
        canaries.add("nothing, but made as a link", token);
        wire.send(
                "link",
                Call.get("/api/v1/share")
                        .with("Authorization", "Bearer " + token)
                        .with("User-Agent", canaries.next("name of a link's program")));
    }

    private static Json.Obj named(LadenSystem system) {
        return system.registration("Of " + UUID.randomUUID());
    }

    /** It is registered, if it is, without anybody having tried it. */
    private void lookWith(LadenSystem system, Json.Obj wrong) {
        Json.Obj registration = named(system).with("credentials", Json.object("observe", wrong, "execute", wrong));
        Answer answer = register(registration);
        if (answer.status() == 201) {
            observed(answer.json().string("id"), "failed");
        }
    }

    private static Json.Obj setting(LadenSystem system, String name, String value) {
        Json.Obj registration = named(system);
        return registration.with("settings", registration.object("settings").with(name, value));
    }

    private Answer register(Json.Obj registration) {
        return send(Role.OWNER, Call.of("POST", "/connectors", registration.canonical()));
    }

    private String entitlement(String connector, String group) {
        return first("/entitlements?query=" + group + "&connectorId=" + connector);
    }

    private String first(String path) {
        return get(path).json().objects("items").getFirst().string("id");
    }

    Answer get(String path) {
        String what = "GET "
                + path.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "{id}")
                        .replaceFirst("entries/.*", "entries")
                        .replaceFirst("[?]from=.*", "");
        return send(what, Role.OWNER, Call.get(path)).as(200);
    }

    Json.Obj created(Role role, String path, Json.Obj body) {
        return send(role, Call.of("POST", path, body.canonical())).as(201).json();
    }

    /** As a member of the organization; relative paths are below it. */
    Answer send(Role role, Call call) {
        return send(call.method() + " " + call.path().replaceFirst("[?].*", ""), role, call);
    }

    Answer send(String what, Role role, Call call) {
        boolean absolute = call.path().startsWith("/api/")
                || call.path().startsWith("/log/")
                || call.path().startsWith("/scim/")
                || call.path().startsWith("/agent/");
        String path = absolute ? call.path() : "/api/v1/organizations/" + organization.id() + call.path();
        Map<String, String> headers = new HashMap<>(call.headers());
        headers.putIfAbsent("Authorization", "Bearer " + token(role));
        if (call.method().equals("POST")) {
            headers.putIfAbsent("Idempotency-Key", UUID.randomUUID().toString());
        }
        return wire.send(what, new Call(call.method(), path, call.body(), headers));
    }

    private String token(Role role) {
        return TestBroker.instance().token(organization.member(role));
    }

    private void await(String path, String state) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (Json.Obj found = get(path).json();
                !found.string("state").equals(state);
                found = get(path).json()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(path + " is not " + state + ": " + found);
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /** The id of something that exists, by the name of the id's type. */
    String known(String type) {
        String id = ids.get(type);
        if (id == null) {
            throw new AssertionError("there is nothing with an id of the type " + type + ": make one in Story");
        }
        return id;
    }

    /** Everything that is handed out to those who may read all of it. */
    void readEverything() {
        for (String list : List.of(
                "/members",
                "/connectors",
                "/entitlements",
                "/accounts",
                "/assignments",
                "/requests",
                "/approvals",
                "/workflows",
                "/findings",
                "/shares",
                "/domains",
                "/invites",
                "/agents",
                "/directories",
                "/identity-providers",
                "/audit-events")) {
            get(list + "?limit=200");
        }
        get("/audit-events/export");
        String collection = "/evidence-collections?from=2000-01-01T00:00:00Z&to="
                + Instant.now().truncatedTo(ChronoUnit.SECONDS);
        get(collection);
        for (Kind kind : Kind.ONE_LINE) {
            String account = known("ConnectorId") + "/" + canaries.text("account of a collection", kind);
            send(Role.OWNER, Call.get(collection + "&account=" + encoded(account)));
        }
        String log = "/log/" + organization.id();
        long size = Long.parseLong(
                get(log + "/checkpoint").text().lines().skip(1).findFirst().orElseThrow());
        for (long tile = 0; tile * BUNDLE < size; tile++) {
            long width = Math.min(BUNDLE, size - tile * BUNDLE);
            get(log + "/tile/entries/%03d%s".formatted(tile, width == BUNDLE ? "" : ".p/" + width));
        }
    }

    List<String> packages() {
        return List.copyOf(packages);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
