package dev.nuxari.server.federation;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.server.testing.TestHttp.Answer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** From the API to a session: the real broker, and a provider that says what it is told. */
@Claim({"I1", "I3", "T3"})
class FederationBrokerTest extends FederatedServer {
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
    void groupsCountFromTheFirstSignInOn() {
        enabled();

        assertThat(role(signIn("decider", List.of("deciders")))).isEqualTo("approver");
    }

    /** It said {@code mfa}. Only what the broker itself has asked for counts. */
    @Test
    @Claim("I2")
    void wordOfTheProviderAboutFactorsCountsForNothing() {
        enabled();

        Answer end = signIn("claims", List.of());

        assertThat(http.anonymous()
                        .with("Cookie", end.cookie("nuxari_session"))
                        .get("/api/v1/me")
                        .json()
                        .string("acr"))
                .isEqualTo("pwd");
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
        await(
                "the broker forgets it",
                () -> broker.exchange("GET", instance(id), "").status() == 404);
        assertThat(beyondTheWalls()
                        .sql(
                                "SELECT string_agg(convert_from(leaf, 'UTF8'), ' ') FROM audit_event WHERE organization_id = ?")
                        .param(UUID.fromString(organization))
                        .query((row, _) -> String.valueOf(row.getString(1)))
                        .single())
                .doesNotContain(LyingOidc.SECRET);
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
