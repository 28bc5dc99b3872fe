package dev.nuxari.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.platform.testing.SharedKeycloak;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A realm that was made before its people could be judged by the terms of their organizations. */
@Claim("I6")
class RealmUpgradeTest {
    private static final String OLDER = "older";
    private static final String PASSWORD = "correct-horse-battery";

    private final Json.Obj template =
            Json.parseObject(RealmTemplate.render(SharedKeycloak.BASE_URL, "a-secret", "another"));

    @Test
    void realmThatWasMadeBeforeBecomesWhatANewOneIs() throws IOException {
        admin().ensureRealm(older().canonical());
        KeycloakAdmin.expect(
                admin().exchange(
                                "POST",
                                "/admin/realms/older/identity-provider/instances",
                                Json.object(
                                                "alias",
                                                "sso",
                                                "providerId",
                                                "oidc",
                                                "postBrokerLoginFlowAlias",
                                                "nuxari-after-broker",
                                                "config",
                                                Json.object(
                                                        "clientId",
                                                        "x",
                                                        "authorizationUrl",
                                                        "http://localhost:1/a",
                                                        "tokenUrl",
                                                        "http://localhost:1/t"))
                                        .canonical()),
                "make a provider");
        admin().ensureUser(OLDER, new KeycloakAdmin.NewUser("olaf@older.example", "Olaf", "Older", PASSWORD));

        assertThat(RealmUpgrade.run(admin(), OLDER, template)).isTrue();

        SharedKeycloak.instance();
        Json.Obj upgraded = export(OLDER);
        Json.Obj fresh = export(RealmTemplate.REALM);
        assertThat(flows(upgraded)).isEqualTo(flows(fresh));
        assertThat(configs(upgraded)).isEqualTo(configs(fresh));
        assertThat(upgraded.string("browserFlow")).isEqualTo("nuxari-browser");
        assertThat(upgraded.string("directGrantFlow")).isEqualTo("nuxari-direct-grant");
        assertThat(upgraded.bool("webAuthnPolicyPasswordlessPasskeysEnabled")).isTrue();
        assertThat(upgraded.string("webAuthnPolicyPasswordlessUserVerificationRequirement"))
                .isEqualTo("required");
        assertThat(upgraded.objects("identityProviders").getFirst().string("postBrokerLoginFlowAlias"))
                .isEqualTo("nuxari-after-broker");
        String token = new ScriptedLogin(SharedKeycloak.instance().url() + "/realms/older")
                .signIn("olaf@older.example", PASSWORD)
                .accessToken();
        String claims = new String(
                Base64.getUrlDecoder().decode(token.substring(token.indexOf('.') + 1, token.lastIndexOf('.'))), UTF_8);
        assertThat(Json.parseObject(claims).strings("amr")).containsExactly("pwd");

        assertThat(RealmUpgrade.run(admin(), OLDER, template)).isFalse();
    }

    @Test
    void realmOfThisTemplateIsLeftAlone() {
        assertThat(RealmUpgrade.run(SharedKeycloak.instance().admin(), RealmTemplate.REALM, template))
                .isFalse();
    }

    private Json.Obj older() throws IOException {
        Json.Obj before;
        try (InputStream file = requireNonNull(RealmUpgradeTest.class.getResourceAsStream("flows-before-terms.json"))) {
            before = Json.parseObject(new String(file.readAllBytes(), UTF_8));
        }
        Json.Obj realm = template.with("realm", OLDER)
                .with("attributes", template.object("attributes").without(RealmUpgrade.MARK))
                .without("directGrantFlow");
        for (String name : template.members().keySet()) {
            realm = name.startsWith("webAuthn") ? realm.without(name) : realm;
        }
        for (Map.Entry<String, Json> member : before.members().entrySet()) {
            realm = realm.with(member.getKey(), member.getValue());
        }
        return realm;
    }

    private static Json.Obj export(String realm) {
        return Json.parseObject(admin().exchange("POST", "/admin/realms/" + realm + "/partial-export", "")
                .body());
    }

    private static Map<String, List<Json.Obj>> flows(Json.Obj realm) {
        return realm.objects("authenticationFlows").stream()
                .filter(flow -> flow.string("alias").startsWith("nuxari-"))
                .collect(Collectors.toMap(
                        flow -> flow.string("alias"), flow -> flow.objects("authenticationExecutions")));
    }

    private static Map<String, Json.Obj> configs(Json.Obj realm) {
        return realm.objects("authenticatorConfig").stream()
                .filter(config -> config.string("alias").startsWith("nuxari-"))
                .collect(Collectors.toMap(config -> config.string("alias"), config -> config.object("config")));
    }

    private static KeycloakAdmin admin() {
        return SharedKeycloak.instance().admin();
    }
}
