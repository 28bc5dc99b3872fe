package dev.nuxari.server.federation;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** From the API to a session: the real broker, and a provider that says what it is told. */
@ServerTest
@Claim({"I1", "I3", "T3"})
class FederationBrokerTest {
    private static final LyingOidc provider = new LyingOidc();

    @Autowired
    TestHttp http;

    private final KeycloakAdmin broker = SharedKeycloak.instance().admin();
    private final JdbcClient provisioner = JdbcClient.create(TestDatabase.as("nuxari_provisioner"));
    private String alias = "";
    private String domain = "";
    private String organization = "";

    @SuppressWarnings("NullAway.Init")
    private TestHttp.Session owner;

    @DynamicPropertySource
    static void realBroker(DynamicPropertyRegistry settings) {
        settings.add("nuxari.oidc.issuer", () -> SharedKeycloak.instance().issuer());
        settings.add("nuxari.oidc.client-secret", () -> SharedKeycloak.CONSOLE_SECRET);
        settings.add("nuxari.broker.client-secret", () -> SharedKeycloak.SERVER_SECRET);
        settings.add("nuxari.public.base-url", () -> SharedKeycloak.BASE_URL);
        settings.add("nuxari.federation.trusted-hosts", () -> "localhost");
    }

    @AfterAll
    static void stop() {
        provider.close();
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

    private String path(String rest) {
        return "/api/v1/organizations/" + organization + "/identity-providers" + rest;
    }

    private String body(String state, String more) {
        return """
                {"name": "Acme", "preset": "oidc", "issuer": "%s", "clientId": "%s", "clientSecret": "%s", "state": "%s",
                 "defaultRole": "requester", "ceiling": "approver", "groupsClaim": "groups",
                 "groups": [{"group": "deciders", "role": "approver"}, {"group": "lookers", "role": "auditor"}]%s}""".formatted(provider.at(""), LyingOidc.CLIENT, LyingOidc.SECRET, state, more);
    }

    private String enabled() {
        Answer added = owner.post(path(""), body("draft", ""));
        assertThat(added.status()).as(added.body()).isEqualTo(201);
        String id = added.json().string("id");
        Answer changed = owner.with("If-Match", "\"1\"").send("PUT", path("/" + id), body("enabled", ""));
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        return id;
    }

    /** The person types their address, and the broker sends them to the provider that has their domain. */
    private Answer signIn(String name, List<String> groups) {
        String email = name + "@" + domain;
        var browser = new ScriptedBrowser(ScriptedBrowser.Person.of(email, BrokeredGround.PASSWORD));
        Answer start = http.anonymous().get("/login/start");
        URI asked = browser.walk(
                URI.create(start.header("Location").orElseThrow()),
                address ->
                        address.toString().startsWith(provider.at("/authorize").toString()));
        Map<String, String> query = BrokeredGround.query(asked);
        provider.answers(provider.claims(query.getOrDefault("nonce", ""), email).claim("groups", groups));
        URI back = browser.walk(
                URI.create(query.get("redirect_uri") + "?code=a-code&state="
                        + URLEncoder.encode(query.getOrDefault("state", ""), StandardCharsets.UTF_8)),
                address -> address.toString().startsWith(SharedKeycloak.BASE_URL));
        return http.anonymous()
                .with("Cookie", start.cookie("nuxari_login"))
                .get(back.getPath() + "?" + back.getRawQuery());
    }

    private String role(Answer end) {
        assertThat(end.status()).as(end.body()).isEqualTo(302);
        Json.Obj me = http.anonymous()
                .with("Cookie", end.cookie("nuxari_session"))
                .get("/api/v1/me")
                .json();
        return me.canonical().replaceAll(".*\"role\":\"([a-z]+)\".*", "$1");
    }

    private List<String> events() {
        return beyondTheWalls()
                .sql("""
                SELECT action || ' ' || outcome || ' ' || split_part(actor, '/', 1)
                FROM audit_event WHERE organization_id = ? AND noun IN ('member', 'identity-provider') ORDER BY sequence
                """)
                .param(UUID.fromString(organization))
                .query((row, _) -> row.getString(1).replaceFirst(" member:.*", ""))
                .list();
    }

    @Test
    void newcomerIsEnrolledAndGroupsChangeTheRoleWithinTheCeiling() {
        enabled();

        assertThat(role(signIn("new", List.of()))).isEqualTo("requester");
        assertThat(role(signIn("new", List.of("deciders", "unknown")))).isEqualTo("approver");
        assertThat(role(signIn("new", List.of("lookers")))).isEqualTo("auditor");
        assertThat(role(signIn("new", List.of()))).isEqualTo("requester");
        assertThat(events())
                .containsExactly(
                        "identity-provider.add succeeded",
                        "identity-provider.change succeeded",
                        "member.enrol succeeded system:federation",
                        "member.change succeeded system:federation",
                        "member.change succeeded system:federation",
                        "member.change succeeded system:federation");
    }

    @Test
    void whoeverStandsAboveTheCeilingStaysThere() {
        enabled();
        assertThat(role(signIn("chief", List.of()))).isEqualTo("requester");
        beyondTheWalls()
                .sql("UPDATE member SET role = 'admin', version = version + 1 WHERE organization_id = ? AND email = ?")
                .params(UUID.fromString(organization), "chief@" + domain)
                .update();

        assertThat(role(signIn("chief", List.of("lookers")))).isEqualTo("admin");
    }

    @Test
    @Claim("T5")
    void ownerIsNotLetInOnTheWordOfTheProvider() {
        enabled();
        assertThat(role(signIn("heir", List.of()))).isEqualTo("requester");
        beyondTheWalls()
                .sql("UPDATE member SET role = 'owner', version = version + 1 WHERE organization_id = ? AND email = ?")
                .params(UUID.fromString(organization), "heir@" + domain)
                .update();

        Answer end = signIn("heir", List.of());
        assertThat(end.status()).isEqualTo(403);
        assertThat(end.body()).contains("does not accept the way");
    }

    @Test
    void suspendedMemberStaysOutAndWhoLeftIsNotEnrolledAgain() {
        enabled();
        assertThat(role(signIn("gone", List.of()))).isEqualTo("requester");
        beyondTheWalls()
                .sql(
                        "UPDATE member SET state = 'deprovisioned', version = version + 1 WHERE organization_id = ? AND email = ?")
                .params(UUID.fromString(organization), "gone@" + domain)
                .update();

        assertThat(signIn("gone", List.of("deciders")).status()).isEqualTo(403);
    }

    @Test
    void domainThatLapsedLetsNobodyIn() {
        enabled();
        assertThat(role(signIn("early", List.of()))).isEqualTo("requester");
        beyondTheWalls()
                .sql("UPDATE organization_domain SET state = 'pending', verified_at = NULL WHERE organization_id = ?")
                .param(UUID.fromString(organization))
                .update();

        assertThat(signIn("late", List.of()).status()).isEqualTo(403);
        assertThat(signIn("early", List.of()).status()).isEqualTo(403);
    }

    @Test
    void allowlistOfDomainsHoldsHereToo() {
        enabled();
        beyondTheWalls()
                .sql("UPDATE identity_policy SET email_domain_allowlist = '{elsewhere.example}', version = version + 1"
                        + " WHERE organization_id = ?")
                .param(UUID.fromString(organization))
                .update();

        assertThat(signIn("outside", List.of()).status()).isEqualTo(403);
    }

    @Test
    void disabledProviderLetsNobodyInAndTheSecretNeverComesBack() {
        String id = enabled();
        Answer shown = owner.get(path("/" + id));
        assertThat(shown.body()).doesNotContain(LyingOidc.SECRET);
        assertThat(shown.json().bool("hasSecret")).isTrue();
        String secretless = body("disabled", "").replaceFirst("\"clientSecret\": \"[^\"]*\", ", "");

        Answer disabled = owner.with("If-Match", "\"2\"").send("PUT", path("/" + id), secretless);

        assertThat(disabled.status()).as(disabled.body()).isEqualTo(200);
        assertThat(disabled.json().bool("hasSecret")).isTrue();
        assertThat(atTheBroker(id).bool("enabled")).isFalse();
        Answer again =
                owner.with("If-Match", "\"3\"").send("PUT", path("/" + id), secretless.replace("disabled", "enabled"));
        assertThat(again.status()).as(again.body()).isEqualTo(200);
        assertThat(role(signIn("back", List.of()))).isEqualTo("requester");
        assertThat(owner.post(path("/" + id + "/removals"), "{}").status()).isEqualTo(201);
        assertThat(broker.exchange("GET", instance(id), "").status()).isEqualTo(404);
        assertThat(beyondTheWalls()
                        .sql(
                                "SELECT string_agg(convert_from(leaf, 'UTF8'), ' ') FROM audit_event WHERE organization_id = ?")
                        .param(UUID.fromString(organization))
                        .query((row, _) -> String.valueOf(row.getString(1)))
                        .single())
                .doesNotContain(LyingOidc.SECRET);
    }

    private String instance(String id) {
        return "/admin/realms/nuxari/identity-provider/instances/org-" + organization + "-" + id;
    }

    private Json.Obj atTheBroker(String id) {
        return Json.parseObject(broker.exchange("GET", instance(id), "").body());
    }

    /** Else an administrator who does not know the secret has it sent to a provider of their own. */
    @Test
    @Claim("E1")
    void secretIsNotSentToAnotherIssuerThanItWasEnteredFor() {
        String id = enabled();
        String secretless = body("enabled", "").replaceFirst("\"clientSecret\": \"[^\"]*\", ", "");

        Answer elsewhere = owner.with("If-Match", "\"2\"")
                .send("PUT", path("/" + id), secretless.replace(provider.at("").toString(), "https://evil.example"));
        Answer otherKind = owner.with("If-Match", "\"2\"")
                .send(
                        "PUT",
                        path("/" + id),
                        "{'name': 'Acme', 'preset': 'saml', 'metadataUrl': 'https://evil.example'}");

        assertThat(elsewhere.problem()).isEqualTo("invalid-field");
        assertThat(elsewhere.body()).contains("clientSecret");
        assertThat(otherKind.problem()).isEqualTo("invalid-field");
        assertThat(owner.get(path("/" + id)).json().string("issuer"))
                .isEqualTo(provider.at("").toString());
    }

    @Test
    void wrongSecretOrIssuerIsSaidAndNotEnabled() {
        Answer added = owner.post(path(""), body("draft", "").replace(LyingOidc.SECRET, "another-secret"));
        String id = added.json().string("id");
        assertThat(owner.post(path("/" + id + "/checks"), "{}").body()).contains("client-refused");

        provider.publishes(provider.honestDiscovery()
                .with("issuer", "https://elsewhere.example")
                .canonical());
        Answer enabled = owner.with("If-Match", "\"1\"").send("PUT", path("/" + id), body("enabled", ""));
        assertThat(enabled.problem()).isEqualTo("identity-provider-not-ready");
        assertThat(enabled.body()).contains("issuer-mismatch");
        assertThat(broker.exchange("GET", instance(id), "").status()).isEqualTo(404);
    }
}
