package dev.nuxari.platform;

import dev.nuxari.kernel.Json;
import dev.nuxari.platform.testing.SharedKeycloak;
import java.util.List;

/** A realm of its own that stands for the identity provider of an organization, and is one of the realm {@code nuxari}. */
record ForeignProvider(KeycloakAdmin admin, String alias) {
    private static final String SECRET = "a-secret-of-two-realms";
    private static final String PROVIDERS = "/admin/realms/nuxari/identity-provider/instances";
    private static final String PASSWORD = "correct-horse-battery";

    static ForeignProvider in(SharedKeycloak keycloak, String alias) {
        KeycloakAdmin admin = keycloak.admin();
        admin.ensureRealm(realm(alias, keycloak.issuer() + "/broker/" + alias + "/endpoint")
                .canonical());
        Json.Obj provider = provider(alias, keycloak.url() + "/realms/" + alias + "/protocol/openid-connect")
                .with("postBrokerLoginFlowAlias", "nuxari-after-broker");
        KeycloakAdmin.expect(admin.exchange("POST", PROVIDERS, provider.canonical()), "make the provider " + alias);
        return new ForeignProvider(admin, alias);
    }

    private static Json.Obj realm(String alias, String callback) {
        Json.Obj client = Json.object("clientId", "nuxari", "secret", SECRET, "redirectUris", List.of(callback));
        return Json.object("realm", alias, "enabled", true, "clients", List.of(client));
    }

    private static Json.Obj provider(String alias, String endpoints) {
        Json.Obj config = Json.object(
                "clientId",
                "nuxari",
                "clientSecret",
                SECRET,
                "clientAuthMethod",
                "client_secret_post",
                "issuer",
                endpoints.replace("/protocol/openid-connect", ""),
                "authorizationUrl",
                endpoints + "/auth",
                "tokenUrl",
                endpoints + "/token",
                "jwksUrl",
                endpoints + "/certs",
                "useJwksUrl",
                "true",
                "validateSignature",
                "true",
                "defaultScope",
                "openid profile email");
        return Json.object("alias", alias, "providerId", "oidc", "enabled", true, "trustEmail", true, "config", config);
    }

    String ensureUser(String name) {
        String email = name + "@" + alias + ".example";
        admin.ensureUser(alias, new KeycloakAdmin.NewUser(email, name, "Example", PASSWORD));
        return email;
    }
}
