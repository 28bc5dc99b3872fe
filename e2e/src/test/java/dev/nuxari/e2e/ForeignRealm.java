package dev.nuxari.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Json;
import dev.nuxari.platform.KeycloakAdmin;
import java.util.List;

/** A second realm of the stack's Keycloak that stands for the identity provider of an organization. */
record ForeignRealm(KeycloakAdmin admin, String url, String name) {
    static final String SECRET = "a-secret-of-two-realms";
    private static final String PASSWORD = "correct-horse-battery";

    static ForeignRealm make(Composed stack, String name) {
        String url = stack.ground().issuer().replaceFirst("/nuxari$", "/" + name);
        ForeignRealm realm = new ForeignRealm(stack.keycloakAdmin(), url, name);
        realm.admin()
                .ensureRealm(Json.object(
                                "realm",
                                name,
                                "enabled",
                                true,
                                "sslRequired",
                                "none",
                                "groups",
                                List.of(Json.object("name", "deciders"), Json.object("name", "gardeners")))
                        .canonical());
        return realm;
    }

    String metadata() {
        return url + "/protocol/saml/descriptor";
    }

    /** Nuxari as a client of OpenID Connect, which is told the groups. */
    void knowsClient(String redirectUri) {
        add(Json.object(
                "clientId",
                "nuxari",
                "secret",
                SECRET,
                "redirectUris",
                List.of(redirectUri),
                "protocolMappers",
                List.of(mapper("openid-connect", "oidc-group-membership-mapper", "claim.name", "id.token.claim"))));
    }

    /** Nuxari as a service provider of SAML. */
    void knowsServiceProvider(Json.Obj us) {
        add(Json.object(
                "clientId",
                us.string("entityId"),
                "protocol",
                "saml",
                "redirectUris",
                List.of(us.string("redirectUri")),
                "attributes",
                Json.object(
                        "saml_assertion_consumer_url_post",
                        us.string("redirectUri"),
                        "saml.assertion.signature",
                        "true",
                        "saml.authnstatement",
                        "true",
                        "saml.client.signature",
                        "false",
                        "saml_force_name_id_format",
                        "true",
                        "saml_name_id_format",
                        "email"),
                "protocolMappers",
                List.of(mapper("saml", "saml-group-membership-mapper", "attribute.name", "single"))));
    }

    private static Json.Obj mapper(String protocol, String kind, String nameOf, String also) {
        return Json.object(
                "name",
                "groups",
                "protocol",
                protocol,
                "protocolMapper",
                kind,
                "config",
                Json.object("full.path", "false", nameOf, "groups", also, "true"));
    }

    private void add(Json.Obj client) {
        assertThat(send("POST", "/clients", client).status()).isEqualTo(201);
    }

    private KeycloakAdmin.Answer send(String method, String path, Json.Obj body) {
        return admin.exchange(method, "/admin/realms/" + name + path, body.canonical());
    }

    /** Somebody in that group who signs in with a password there. */
    String hires(String email, String group) {
        String user = admin.ensureUser(name, new KeycloakAdmin.NewUser(email, "Mara", "Member", PASSWORD));
        String id = admin.list("/admin/realms/" + name + "/groups?search=" + group)
                .getFirst()
                .string("id");
        assertThat(send("PUT", "/users/" + user + "/groups/" + id, Json.object())
                        .status())
                .isEqualTo(204);
        return PASSWORD;
    }

    /** A key that stands in the metadata, and is not used for signing yet. Answers what it is called. */
    String publishesNextKey() {
        return addKey(key("next", false, 200));
    }

    /** A key that is used for signing from now on: of two with one priority Keycloak would take either. */
    void signsWithUnpublishedKey() {
        addKey(key("unpublished", true, 400));
    }

    private String addKey(Json.Obj key) {
        KeycloakAdmin.Answer added = send("POST", "/components", key);
        assertThat(added.status()).isEqualTo(201);
        return added.location().orElseThrow().replaceFirst(".*/", "");
    }

    void signsWith(String key) {
        assertThat(send("PUT", "/components/" + key, key("next", true, 300).with("id", key))
                        .status())
                .isEqualTo(204);
    }

    private Json.Obj key(String called, boolean active, int priority) {
        String realm = Json.parseObject(
                        admin.exchange("GET", "/admin/realms/" + name, "").body())
                .string("id");
        return Json.object(
                "name",
                called,
                "providerId",
                "rsa-generated",
                "providerType",
                "org.keycloak.keys.KeyProvider",
                "parentId",
                realm,
                "config",
                Json.object(
                        "priority",
                        List.of(String.valueOf(priority)),
                        "enabled",
                        List.of("true"),
                        "active",
                        List.of(String.valueOf(active)),
                        "keySize",
                        List.of("2048")));
    }
}
