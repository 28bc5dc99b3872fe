package dev.nuxari.platform;

import dev.nuxari.kernel.Json;
import dev.nuxari.platform.testing.SharedKeycloak;
import java.util.List;

/** A realm of its own that stands for the identity provider of an organization, and is one of the realm {@code nuxari}. */
record ForeignProvider(KeycloakAdmin admin, String alias) {
    private static final String SECRET = "a-secret-of-two-realms";
    private static final String PASSWORD = "correct-horse-battery";

    static ForeignProvider in(SharedKeycloak keycloak, String alias) {
        KeycloakAdmin admin = keycloak.admin();
        String callback = keycloak.issuer() + "/broker/" + alias + "/endpoint";
        admin.ensureRealm(Json.object(
                        "realm",
                        alias,
                        "enabled",
                        true,
                        "clients",
                        List.of(Json.object("clientId", "nuxari", "secret", SECRET, "redirectUris", List.of(callback))))
                .canonical());
        String foreign = keycloak.url() + "/realms/" + alias;
        String providers = "/admin/realms/nuxari/identity-provider/instances";
        KeycloakAdmin.expect(
                admin.exchange(
                        "POST",
                        providers,
                        Json.object(
                                        "alias",
                                        alias,
                                        "providerId",
                                        "oidc",
                                        "enabled",
                                        true,
                                        "trustEmail",
                                        true,
                                        "postBrokerLoginFlowAlias",
                                        "nuxari-after-broker",
                                        "config",
                                        Json.object(
                                                "clientId",
                                                "nuxari",
                                                "clientSecret",
                                                SECRET,
                                                "clientAuthMethod",
                                                "client_secret_post",
                                                "issuer",
                                                foreign,
                                                "authorizationUrl",
                                                foreign + "/protocol/openid-connect/auth",
                                                "tokenUrl",
                                                foreign + "/protocol/openid-connect/token",
                                                "jwksUrl",
                                                foreign + "/protocol/openid-connect/certs",
                                                "useJwksUrl",
                                                "true",
                                                "validateSignature",
                                                "true",
                                                "defaultScope",
                                                "openid profile email"))
                                .canonical()),
                "make the identity provider " + alias);
        KeycloakAdmin.expect(
                admin.exchange(
                        "POST",
                        providers + "/" + alias + "/mappers",
                        Json.object(
                                        "name",
                                        "login_method",
                                        "identityProviderAlias",
                                        alias,
                                        "identityProviderMapper",
                                        "hardcoded-user-session-attribute-idp-mapper",
                                        "config",
                                        Json.object(
                                                "syncMode",
                                                "FORCE",
                                                "attribute",
                                                "login_method",
                                                "attribute.value",
                                                "oidc"))
                                .canonical()),
                "say of what kind " + alias + " is");
        return new ForeignProvider(admin, alias);
    }

    String ensureUser(String name) {
        String email = name + "@" + alias + ".example";
        admin.ensureUser(alias, new KeycloakAdmin.NewUser(email, name, "Example", PASSWORD));
        return email;
    }
}
