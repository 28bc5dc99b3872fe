package dev.nuxari.server.federation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.platform.KeycloakAdmin.NewUser;
import dev.nuxari.platform.testing.OidcProvider;
import dev.nuxari.server.federation.BrokeredGround.Begun;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * npm's oidc-provider set up with ill intent, against the real broker with the settings that every organization's provider gets.
 * What no honest program can be made to say, {@link OidcAttackTest} says.
 */
@Claim("I1")
class HostileOidcProviderTest {
    private static final String DOMAIN = "hostile-npm.example";
    private static final OidcProvider provider = new OidcProvider();
    private static final BrokeredGround ground = BrokeredGround.of(
            "hostile-npm",
            new Connection.Oidc(
                    provider.issuer(),
                    new Connection.Endpoints(provider.at("/auth"), provider.at("/token"), provider.at("/jwks")),
                    OidcProvider.CLIENT));

    @AfterAll
    static void stop() {
        provider.close();
    }

    private static boolean isLetIn(String name, Json.Obj says, Json.Obj lies) {
        Json.Obj person = Json.object("email", name + "@" + DOMAIN, "email_verified", true, "given_name", "Some")
                .with("family_name", "Body");
        for (var claim : says.members().entrySet()) {
            person = person.with(claim.getKey(), claim.getValue());
        }
        provider.start(
                ground.endpoint(),
                Json.object(
                        "people",
                        Json.object(name, person),
                        "signsInAs",
                        name,
                        "shown",
                        Json.object("acr", "mfa", "amr", List.of("mfa", "otp")),
                        "lies",
                        lies));
        Begun begun = ground.begin(
                BrokeredGround.browser(),
                address -> address.toString().startsWith(provider.at("/auth").toString()));
        return begun.isLetIn(begun.asked());
    }

    @Test
    void honestProviderIsTaken() {
        assertThat(isLetIn("honest", Json.object(), Json.object())).isTrue();
    }

    /** Each is one lie of the provider about the token, with everything else as it should be. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"algorithm\": \"HS256\"}",
                "{\"nonce\": \"\"}",
                "{\"nonce\": \"of-another-sign-in\"}",
                "{\"audience\": \"another-client\"}",
                "{\"clock\": -7200}",
                "{\"issuer\": \"http://localhost:1/elsewhere\"}"
            })
    void tokenThatIsNotForThisSignInIsRefused(String lie) {
        assertThat(isLetIn("victim", Json.object(), Json.object())).isTrue();
        assertThat(isLetIn("victim", Json.object(), Json.parseObject(lie))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"email\": \"victim@elsewhere.example\"}",
                "{\"email\": \"victim@sub.hostile-npm.example\"}",
                "{\"email\": \"\"}",
                "{\"email_verified\": false}"
            })
    void addressThatIsNotShownToBeTheirsIsRefused(String says) {
        assertThat(isLetIn("victim", Json.object(), Json.object())).isTrue();
        assertThat(isLetIn("victim", Json.parseObject(says), Json.object())).isFalse();
    }

    @Test
    @Claim("T2")
    void memberOfAnotherOrganizationIsNobodyToSpeakFor() {
        var admin = BrokeredGround.admin();
        String other = admin.ensureOrganization("nuxari", "other-npm", "other-npm", "other-npm.example");
        String user = admin.ensureUser(
                "nuxari", new NewUser("elsewhere@" + DOMAIN, "Else", "Where", BrokeredGround.PASSWORD));
        admin.ensureMember("nuxari", other, user);

        assertThat(isLetIn("elsewhere", Json.object(), Json.object())).isFalse();
        assertThat(admin.list("/admin/realms/nuxari/users/" + user + "/federated-identity"))
                .isEmpty();
    }

    /** It is not signed, and so is not asked. */
    @Test
    void answerOfUserInfoCountsForNothing() {
        Json.Obj lies =
                Json.object("userinfo", Json.object("sub", "somebody-else", "email", "victim@elsewhere.example"));

        assertThat(isLetIn("plain", Json.object(), lies)).isTrue();
        assertThat(BrokeredGround.admin().userId("nuxari", "victim@elsewhere.example"))
                .isEmpty();
        assertThat(BrokeredGround.admin().userId("nuxari", "plain@" + DOMAIN)).isPresent();
    }
}
