package dev.nuxari.server.connectors.keycloak;

import dev.nuxari.kernel.Json;
import dev.nuxari.platform.KeycloakAdmin;
import dev.nuxari.platform.testing.SharedKeycloak;
import dev.nuxari.server.connectors.Connector;
import dev.nuxari.server.connectors.EntitlementRef;
import dev.nuxari.server.connectors.GovernedSystem;
import dev.nuxari.server.connectors.Settings;
import dev.nuxari.server.vault.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A realm of the tests' Keycloak, with one service account that sees and one that changes. */
final class GovernedRealm implements GovernedSystem {
    private static final String OBSERVER = "observer";
    private static final String OPERATOR = "operator";
    private static final String DESK = "desk";
    private static final String PASSWORD = "a-password-of-the-tests";
    private static final List<String> MAY_SEE = List.of("view-users", "view-realm", "query-users", "query-groups");
    private static final List<String> MAY_CHANGE =
            List.of("view-users", "view-realm", "query-users", "query-groups", "manage-users");
    private static final GovernedRealm WITH_ROLES = new GovernedRealm(KeycloakConnector.REALM_ROLE);
    private static final GovernedRealm WITH_GROUPS = new GovernedRealm(KeycloakConnector.GROUP);

    private final HttpClient client = HttpClient.newHttpClient();
    private final KeycloakAdmin admin = SharedKeycloak.instance().admin();
    private final String realm;
    private final String kind;
    private final Connector connector;

    private GovernedRealm(String kind) {
        this.kind = kind;
        this.realm = "governed-by-" + kind;
        this.connector = new KeycloakConnector(new KeycloakHttp(InstantSource.system()));
        admin.ensureRealm(Json.object(
                        "realm",
                        realm,
                        "enabled",
                        true,
                        "clients",
                        List.of(service(OBSERVER), service(OPERATOR), desk()),
                        "users",
                        List.of(account(OBSERVER, MAY_SEE), account(OPERATOR, MAY_CHANGE)))
                .canonical());
    }

    /** Its entitlements are realm roles. */
    static GovernedRealm withRoles() {
        return WITH_ROLES;
    }

    /** Its entitlements are groups. */
    static GovernedRealm withGroups() {
        return WITH_GROUPS;
    }

    @Override
    public Connector connector() {
        return connector;
    }

    @Override
    public Settings settings() {
        return new Settings(Json.object("url", SharedKeycloak.instance().url() + "/", "realm", realm));
    }

    @Override
    public Settings settingsOfASystemThatIsDown() {
        return new Settings(settings().json().with("url", "http://127.0.0.1:1"));
    }

    @Override
    public Secret observe() {
        return secret(OBSERVER, PASSWORD);
    }

    @Override
    public Secret execute() {
        return secret(OPERATOR, PASSWORD);
    }

    @Override
    public Secret wrong() {
        return secret(OBSERVER, "not-the-password");
    }

    @Override
    public String account(String name) {
        String username = UUID.randomUUID().toString();
        return created(
                "/users",
                Json.object(
                        "username",
                        username,
                        "email",
                        username + "@acme.example",
                        "emailVerified",
                        true,
                        "firstName",
                        name,
                        "lastName",
                        "Archer",
                        "enabled",
                        true,
                        "credentials",
                        List.of(Json.object("type", "password", "value", PASSWORD, "temporary", false))));
    }

    String username(String account) {
        return user(account).string("username");
    }

    Json.Obj user(String account) {
        return Json.parseObject(exchange("GET", "/users/" + account, ""));
    }

    @Override
    public EntitlementRef entitlement(String name) {
        if (kind.equals(KeycloakConnector.GROUP)) {
            return new EntitlementRef(kind, created("/groups", Json.object("name", name)));
        }
        exchange("POST", "/roles", Json.object("name", name).canonical());
        String id = Json.object("roles", Json.parse(exchange("GET", "/roles", ""))).objects("roles").stream()
                .filter(role -> role.string("name").equals(name))
                .findFirst()
                .orElseThrow()
                .string("id");
        return new EntitlementRef(kind, id);
    }

    EntitlementRef subgroup(EntitlementRef parent, String name) {
        return new EntitlementRef(
                kind, created("/groups/" + parent.nativeId() + "/children", Json.object("name", name)));
    }

    void rename(EntitlementRef role, String name) {
        exchange(
                "PUT",
                "/roles-by-id/" + role.nativeId(),
                Json.object("id", role.nativeId(), "name", name).canonical());
    }

    @Override
    public String unknownAccount() {
        return new UUID(0, 1).toString();
    }

    @Override
    public EntitlementRef unknownEntitlement() {
        return new EntitlementRef(kind, new UUID(0, 2).toString());
    }

    @Override
    public boolean holds(String account, EntitlementRef entitlement) {
        String path = kind.equals(KeycloakConnector.GROUP) ? "/groups" : "/role-mappings/realm";
        return Json.object("held", Json.parse(exchange("GET", "/users/" + account + path, ""))).objects("held").stream()
                .anyMatch(held -> held.string("id").equals(entitlement.nativeId()));
    }

    /** The password grant, which only the desk of the tests may use. */
    @Override
    public boolean letsIn(String account) {
        var request = HttpRequest.newBuilder(URI.create("%s/realms/%s/protocol/openid-connect/token"
                        .formatted(SharedKeycloak.instance().url(), KeycloakHttp.segment(realm))))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=password&client_id=%s&username=%s&password=%s"
                        .formatted(DESK, username(account), PASSWORD)))
                .build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String created(String path, Json body) {
        KeycloakAdmin.Answer answer = admin.exchange("POST", base() + path, body.canonical());
        String location =
                answer.location().orElseThrow(() -> new IllegalStateException(answer.status() + " " + answer.body()));
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private String exchange(String method, String path, String body) {
        KeycloakAdmin.Answer answer = admin.exchange(method, base() + path, body);
        if (answer.status() >= 300) {
            throw new IllegalStateException(method + " " + path + ": " + answer.status() + " " + answer.body());
        }
        return answer.body();
    }

    private String base() {
        return "/admin/realms/" + KeycloakHttp.segment(realm);
    }

    private static Json.Obj service(String name) {
        return Json.object(
                "clientId", name,
                "publicClient", false,
                "secret", PASSWORD,
                "serviceAccountsEnabled", true,
                "standardFlowEnabled", false);
    }

    private static Json.Obj desk() {
        return Json.object("clientId", DESK, "publicClient", true, "directAccessGrantsEnabled", true);
    }

    private static Json.Obj account(String client, List<String> roles) {
        return Json.object(
                "username",
                "service-account-" + client,
                "enabled",
                true,
                "serviceAccountClientId",
                client,
                "clientRoles",
                Json.object("realm-management", roles));
    }

    private static Secret secret(String id, String password) {
        return Secret.of(Map.of("clientId", id, "clientSecret", password));
    }
}
