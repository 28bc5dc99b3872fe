package dev.nuxari.server.federation;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.platform.ScriptedBrowser;
import dev.nuxari.platform.testing.SharedKeycloak;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.TestDns;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A provider that was set up once: what becomes of it, and of those who came by it, when things change. */
class FederationUpkeepTest extends FederatedServer {
    @Autowired
    ProviderMetadata metadata;

    @Autowired
    Doorkeeper doorkeeper;

    @Autowired
    ManualClock clock;

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    private String domains(String rest) {
        return "/api/v1/organizations/" + organization + "/domains" + rest;
    }

    private List<String> toldOf(String id) {
        return List.of(atTheBroker(id)
                .object("config")
                .optionalString("nuxari.domains")
                .orElse("")
                .split(" "));
    }

    private List<String> domainsAtTheBroker() {
        Json.Obj known =
                Json.parseObject(broker.exchange("GET", "/admin/realms/nuxari/organizations/" + organization, "")
                        .body());
        return known.has("domains")
                ? known.objects("domains").stream()
                        .map(one -> one.string("name"))
                        .toList()
                : List.of();
    }

    private String domainId(String name) {
        return beyondTheWalls()
                .sql("SELECT domain_id FROM organization_domain WHERE domain = ?")
                .param(name)
                .query((row, _) -> row.getString(1))
                .single();
    }

    @Test
    @Claim("I1")
    void domainThatIsVerifiedLater() {
        String id = enabled();
        String later = "later-" + domain;
        Answer added = owner.post(domains(""), Json.object("domain", later).canonical());
        assertThat(added.status()).as(added.body()).isEqualTo(201);
        Json.Obj txt = added.json().object("record");
        TestDns.instance().txt(txt.string("name"), txt.string("value"));
        clock.advance(Duration.ofSeconds(11));

        assertThat(owner.post(domains("/" + added.json().string("id") + "/checks"), "{}")
                        .body())
                .contains("verified");

        await("the provider speaks for it", () -> toldOf(id).equals(List.of(domain, later)));
        await("people are sent to it", () -> domainsAtTheBroker().contains(later));
    }

    /** Or whoever has the domain next could not bring a provider. */
    @Test
    @Claim({"I1", "T2"})
    void domainThatLapsed() {
        String id = enabled();
        assertThat(domainsAtTheBroker()).containsExactlyInAnyOrder("of-" + domain, domain);
        beyondTheWalls()
                .sql("UPDATE organization_domain SET failing_since = now() - interval '8 days' WHERE domain = ?")
                .param(domain)
                .update();

        assertThat(owner.post(domains("/" + domainId(domain) + "/checks"), "{}").body())
                .contains("pending");

        await("the provider speaks for nobody", () -> toldOf(id).equals(List.of("")));
        await("nobody is sent to it", () -> domainsAtTheBroker().equals(List.of("of-" + domain)));
    }

    @Test
    @Claim({"I1", "T2"})
    void domainThatWasRemoved() {
        String id = enabled();

        assertThat(owner.post(domains("/" + domainId(domain) + "/removals"), "{}")
                        .status())
                .isEqualTo(201);

        await("the provider speaks for nobody", () -> toldOf(id).equals(List.of("")));
        await("nobody is sent to it", () -> domainsAtTheBroker().equals(List.of("of-" + domain)));
    }

    /** Somebody who has come by the provider, with a browser and with a program. */
    private record Arrived(TestHttp.Session browser, TestHttp.Session program) {}

    private Arrived arrived(String name) {
        String email = name + "@" + domain;
        var browser = new ScriptedBrowser(ScriptedBrowser.Person.of(email, BrokeredGround.PASSWORD));
        Answer end = signIn(browser, email, List.of());
        String token = SharedKeycloak.instance()
                .login()
                .signIn(browser, Map.of("scope", "openid organization"))
                .accessToken();
        return new Arrived(http.anonymous().with("Cookie", end.cookie("nuxari_session")), http.withToken(token));
    }

    private void assertIn(Arrived person) {
        assertThat(person.browser().get("/api/v1/me").status()).isEqualTo(200);
        assertThat(person.program().get("/api/v1/me").status()).isEqualTo(200);
    }

    private void assertOut(Arrived person) {
        assertThat(person.browser().get("/api/v1/me").status()).isEqualTo(401);
        assertThat(person.program().get("/api/v1/me").problem()).isEqualTo("login-method-not-allowed");
        assertThat(owner.get(path("")).status()).isEqualTo(200);
    }

    private boolean hasNoSessionAtTheBroker(String name) {
        String user = broker.userId("nuxari", name + "@" + domain).orElseThrow();
        return broker.list("/admin/realms/nuxari/users/" + user + "/sessions").isEmpty();
    }

    private String lastEvent(String action) {
        return beyondTheWalls()
                .sql("""
                SELECT convert_from(leaf, 'UTF8') FROM audit_event WHERE organization_id = ? AND action = ?
                ORDER BY sequence DESC LIMIT 1
                """)
                .params(UUID.fromString(organization), action)
                .query((row, _) -> row.getString(1))
                .single();
    }

    @Test
    @Claim({"I1", "I6"})
    void whoCameByADisabledProvider() {
        String id = enabled();
        Arrived person = arrived("mara");
        assertIn(person);
        String disabled = body("disabled", "").replaceFirst("\"clientSecret\": \"[^\"]*\", ", "");

        assertThat(owner.with("If-Match", "\"2\"")
                        .send("PUT", path("/" + id), disabled)
                        .status())
                .isEqualTo(200);

        assertOut(person);
        assertThat(lastEvent("identity-provider.change")).contains("\"sessionsEnded\":1");
        await("the broker has signed them out", () -> hasNoSessionAtTheBroker("mara"));
    }

    @Test
    @Claim({"I1", "I6"})
    void whoCameByARemovedProvider() {
        String id = enabled();
        Arrived person = arrived("mara");
        assertIn(person);

        assertThat(owner.post(path("/" + id + "/removals"), "{}").status()).isEqualTo(201);

        assertOut(person);
        assertThat(lastEvent("identity-provider.remove")).contains("\"sessionsEnded\":1");
        await("the broker has signed them out", () -> hasNoSessionAtTheBroker("mara"));
        await(
                "the broker forgets it",
                () -> broker.exchange("GET", instance(id), "").status() == 404);
        await("and its domain", () -> domainsAtTheBroker().equals(List.of("of-" + domain)));
    }

    private Instant readAgain(String id) {
        var caller = doorkeeper.admitSystem(OrganizationId.parse(organization), ProviderMetadata.KIND);
        return metadata.run(caller, id).orElseThrow();
    }

    private String enabledSaml(PublishedMetadata published) {
        String wanted = """
                {"name": "Acme SAML", "preset": "saml", "metadataUrl": "%s", "state": "%s",
                 "defaultRole": "requester", "ceiling": "approver"}""";
        Answer added = owner.post(path(""), wanted.formatted(published.address(), "draft"));
        assertThat(added.status()).as(added.body()).isEqualTo(201);
        String id = added.json().string("id");
        Answer enabled = owner.with("If-Match", "\"1\"")
                .send("PUT", path("/" + id), wanted.formatted(published.address(), "enabled"));
        assertThat(enabled.status()).as(enabled.body()).isEqualTo(200);
        return id;
    }

    private Json.Obj shown(String id) {
        return owner.get(path("/" + id)).json();
    }

    private List<String> certificatesAtTheBroker(String id) {
        return List.of(
                atTheBroker(id).object("config").string("signingCertificate").split(","));
    }

    @Test
    @Claim("I3")
    void samlKeyThatChanges() {
        try (PublishedMetadata published = new PublishedMetadata()) {
            SigningKey first = SigningKey.of("first", "-validity", "400");
            SigningKey next = SigningKey.of("next", "-validity", "400");
            published.says(first);
            String id = enabledSaml(published);
            assertThat(dueAt(id)).isCloseTo(clock.instant().plus(Duration.ofDays(1)), within(1, ChronoUnit.MINUTES));
            assertThat(readAgain(id))
                    .isCloseTo(clock.instant().plus(Duration.ofDays(1)), within(1, ChronoUnit.MINUTES));
            assertThat(shown(id).integer("version")).isEqualTo(2);

            published.says(first, next);
            readAgain(id);
            assertThat(shown(id).objects("certificates")).hasSize(2);
            assertThat(certificatesAtTheBroker(id)).containsExactly(first.base64(), next.base64());
            assertThat(lastEvent("identity-provider.renew")).contains("succeeded", "\"id\":\"provider-metadata\"");

            published.says(next);
            readAgain(id);
            assertThat(certificatesAtTheBroker(id)).containsExactly(next.base64());
        }
    }

    private Instant dueAt(String id) {
        return beyondTheWalls()
                .sql("SELECT execution_time FROM scheduled_tasks WHERE task_name = ? AND task_instance = ?")
                .params(ProviderMetadata.KIND, organization + "/" + id)
                .query((row, _) -> row.getTimestamp(1).toInstant())
                .single();
    }

    @Test
    @Claim("I3")
    void samlMetadataThatCannotBeUsed() {
        try (PublishedMetadata published = new PublishedMetadata()) {
            SigningKey key = SigningKey.of("key", "-validity", "400");
            published.says(key);
            String id = enabledSaml(published);

            published.isAway();
            assertThat(readAgain(id))
                    .isCloseTo(clock.instant().plus(Duration.ofHours(1)), within(1, ChronoUnit.MINUTES));
            readAgain(id);

            assertThat(shown(id).object("metadata").string("failure")).isEqualTo("wrong-status");
            assertThat(shown(id).object("metadata").has("failingSince")).isTrue();
            assertThat(events())
                    .filteredOn(event -> event.startsWith("identity-provider.renew"))
                    .containsExactly("identity-provider.renew failed system:provider-metadata");
            assertThat(certificatesAtTheBroker(id)).containsExactly(key.base64());

            // Whoever holds the address is not to send our people elsewhere, nor to be another provider.
            SigningKey evil = SigningKey.of("evil", "-validity", "400");
            published.saysOf("https://evil.example/id", evil);
            readAgain(id);
            assertThat(shown(id).object("metadata").string("failure")).isEqualTo("metadata-changed");
            assertThat(certificatesAtTheBroker(id)).containsExactly(key.base64());

            published.says(key);
            readAgain(id);
            assertThat(shown(id).object("metadata").has("failure")).isFalse();
        }
    }
}
