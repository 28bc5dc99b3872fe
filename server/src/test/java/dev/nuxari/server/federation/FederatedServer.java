package dev.nuxari.server.federation;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Json;
import dev.nuxari.platform.KeycloakAdmin;
import dev.nuxari.platform.KeycloakAdmin.NewUser;
import dev.nuxari.platform.ScriptedBrowser;
import dev.nuxari.platform.testing.SharedKeycloak;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestDatabase;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole server with the real broker, and an organization with a verified domain that brings a provider of the test's. */
@ServerTest
abstract class FederatedServer {
    /** Ends with the JVM. */
    static final LyingOidc provider = new LyingOidc();

    @Autowired
    TestHttp http;

    final KeycloakAdmin broker = SharedKeycloak.instance().admin();
    private final JdbcClient provisioner = JdbcClient.create(TestDatabase.as("nuxari_provisioner"));
    private String alias = "";
    String domain = "";
    String organization = "";

    @SuppressWarnings("NullAway.Init")
    TestHttp.Session owner;

    @DynamicPropertySource
    static void realBroker(DynamicPropertyRegistry settings) {
        settings.add("nuxari.oidc.issuer", () -> SharedKeycloak.instance().issuer());
        settings.add("nuxari.oidc.client-secret", () -> SharedKeycloak.CONSOLE_SECRET);
        settings.add("nuxari.broker.client-secret", () -> SharedKeycloak.SERVER_SECRET);
        settings.add("nuxari.public.base-url", () -> SharedKeycloak.BASE_URL);
        settings.add("nuxari.federation.trusted-hosts", () -> "localhost");
    }

    @BeforeEach
    void givenOrganizationWithAVerifiedDomain(TestInfo test) {
        alias = "f-" + test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
        domain = alias + ".example";
        organization = broker.ensureOrganization("nuxari", alias, alias, "of-" + domain);
        String email = "owner@" + domain;
        String subject = broker.ensureUser("nuxari", new NewUser(email, "Olga", "Owner", BrokeredGround.PASSWORD));
        broker.ensureMember("nuxari", organization, subject);
        provisioner
                .sql("SELECT provision_organization(?, ?, ?)")
                .params(UUID.fromString(organization), alias, alias)
                .query((_, _) -> alias)
                .single();
        provisioner
                .sql("SELECT provision_member(?, ?, ?, 'Olga Owner', 'owner')")
                .params(UUID.fromString(organization), subject, email)
                .query((_, _) -> alias)
                .single();
        beyondTheWalls().sql("""
                INSERT INTO organization_domain
                    (organization_id, domain_id, domain, token, state, added_at, verified_at, next_check_at)
                VALUES (?, uuidv7(), ?, repeat('0', 32), 'verified', now(), now(), now())
                """).params(UUID.fromString(organization), domain).update();
        provider.publishes(provider.honestDiscovery().canonical());
        owner = http.withToken(SharedKeycloak.instance()
                .login()
                .signIn(email, BrokeredGround.PASSWORD)
                .accessToken());
    }

    String path(String rest) {
        return "/api/v1/organizations/" + organization + "/identity-providers" + rest;
    }

    String body(String state, String more) {
        return """
                {"name": "Acme", "preset": "oidc", "issuer": "%s", "clientId": "%s", "clientSecret": "%s", "state": "%s",
                 "defaultRole": "requester", "ceiling": "approver", "groupsClaim": "groups",
                 "groups": [{"group": "deciders", "role": "approver"}, {"group": "lookers", "role": "auditor"}]%s}""".formatted(provider.at(""), LyingOidc.CLIENT, LyingOidc.SECRET, state, more);
    }

    String enabled() {
        Answer added = owner.post(path(""), body("draft", ""));
        assertThat(added.status()).as(added.body()).isEqualTo(201);
        String id = added.json().string("id");
        Answer changed = owner.with("If-Match", "\"1\"").send("PUT", path("/" + id), body("enabled", ""));
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        return id;
    }

    /** The person types their address, and the broker sends them to the provider that has their domain. */
    Answer signIn(String name, List<String> groups) {
        String email = name + "@" + domain;
        return signIn(new ScriptedBrowser(ScriptedBrowser.Person.of(email, BrokeredGround.PASSWORD)), email, groups);
    }

    /** The same with a browser that goes on. */
    Answer signIn(ScriptedBrowser browser, String email, List<String> groups) {
        Answer start = http.anonymous().get("/login/start");
        URI asked = browser.walk(
                URI.create(start.header("Location").orElseThrow()),
                address ->
                        address.toString().startsWith(provider.at("/authorize").toString()));
        Map<String, String> query = BrokeredGround.query(asked);
        provider.answers(provider.claims(query.getOrDefault("nonce", ""), email)
                .claim("groups", groups)
                // What the provider says about factors is not what the broker says.
                .claim("acr", "mfa")
                .claim("amr", List.of("mfa", "otp")));
        URI back = browser.walk(
                URI.create(query.get("redirect_uri") + "?code=a-code&state="
                        + URLEncoder.encode(query.getOrDefault("state", ""), StandardCharsets.UTF_8)),
                address -> address.toString().startsWith(SharedKeycloak.BASE_URL));
        return http.anonymous()
                .with("Cookie", start.cookie("nuxari_login"))
                .get(back.getPath() + "?" + back.getRawQuery());
    }

    String role(Answer end) {
        assertThat(end.status()).as(end.body()).isEqualTo(302);
        Json.Obj me = http.anonymous()
                .with("Cookie", end.cookie("nuxari_session"))
                .get("/api/v1/me")
                .json();
        return me.canonical().replaceAll(".*\"role\":\"([a-z]+)\".*", "$1");
    }

    List<String> events() {
        return beyondTheWalls()
                .sql("""
                SELECT action || ' ' || outcome || ' ' || split_part(actor, '/', 1)
                FROM audit_event WHERE organization_id = ? AND noun IN ('member', 'identity-provider') ORDER BY sequence
                """)
                .param(UUID.fromString(organization))
                .query((row, _) -> row.getString(1).replaceFirst(" member:.*", ""))
                .list();
    }

    String instance(String id) {
        return "/admin/realms/nuxari/identity-provider/instances/org-" + organization + "-" + id;
    }

    Json.Obj atTheBroker(String id) {
        return Json.parseObject(broker.exchange("GET", instance(id), "").body());
    }

    static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(Duration.ofSeconds(30)).until(condition);
    }
}
