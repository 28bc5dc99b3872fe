package dev.nuxari.platform.demonstration;

import dev.nuxari.kernel.Json;
import dev.nuxari.platform.KeycloakAdmin;
import dev.nuxari.platform.PlatformFailure;
import dev.nuxari.platform.Secrets;
import dev.nuxari.platform.demonstration.Content.Assignment;
import dev.nuxari.platform.demonstration.Entitlement.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A realm whose roles and groups are governed, with one service account that sees and one that changes. */
final class GovernedRealm {
    private static final String OBSERVER = "nuxari-observer";
    private static final String OPERATOR = "nuxari-operator";
    private static final List<String> MAY_SEE = List.of("view-users", "view-realm", "query-users", "query-groups");

    private final Content content;
    private final KeycloakAdmin admin;
    private final Secrets secrets;
    private final String realm;

    GovernedRealm(Content content, KeycloakAdmin admin, Secrets secrets) {
        this.content = content;
        this.admin = admin;
        this.secrets = secrets;
        this.realm = name(content);
    }

    private static String name(Content content) {
        return "governed-" + content.population().slug();
    }

    /** Imports the realm unless it is there. */
    void seed() {
        admin.ensureRealm(realm, () -> representation().canonical());
    }

    /** How a connector reaches it. */
    Json.Obj connection(String url) {
        return Json.object(
                "kind",
                "keycloak",
                "name",
                "Workforce realm",
                "settings",
                Json.object("url", url, "realm", realm),
                "credentials",
                Json.object("observe", credential(OBSERVER), "execute", credential(OPERATOR)));
    }

    private Json.Obj credential(String client) {
        return Json.object("clientId", client, "clientSecret", secret(client));
    }

    private String secret(String client) {
        return secrets.password(realm + "-" + client);
    }

    private Json.Obj representation() {
        Map<Person, List<String>> roles = new LinkedHashMap<>();
        Map<Person, List<String>> groups = new LinkedHashMap<>();
        content.holders().forEach((entitlement, people) -> {
            boolean role = entitlement.kind() == Kind.ROLE;
            String name = role ? entitlement.name() : "/" + entitlement.name();
            people.forEach(person -> (role ? roles : groups)
                    .computeIfAbsent(person, _ -> new ArrayList<>())
                    .add(name));
        });
        List<Json> users = new ArrayList<>();
        users.add(serviceAccount(OBSERVER, MAY_SEE));
        List<String> mayChange = new ArrayList<>(MAY_SEE);
        mayChange.add("manage-users");
        users.add(serviceAccount(OPERATOR, mayChange));
        for (Person person : content.population().people()) {
            users.add(Json.object(
                    "username",
                    person.id(),
                    "email",
                    person.email(),
                    "emailVerified",
                    true,
                    "firstName",
                    person.firstName(),
                    "lastName",
                    person.lastName(),
                    "enabled",
                    true,
                    "realmRoles",
                    roles.getOrDefault(person, List.of()),
                    "groups",
                    groups.getOrDefault(person, List.of())));
        }
        return Json.object(
                "realm",
                realm,
                "enabled",
                true,
                "registrationAllowed",
                false,
                "sslRequired",
                "external",
                "roles",
                Json.object("realm", described(Kind.ROLE)),
                "groups",
                described(Kind.GROUP),
                "clients",
                List.of(client(OBSERVER), client(OPERATOR)),
                "users",
                users);
    }

    private List<Json.Obj> described(Kind kind) {
        return content.catalogue().entitlements().stream()
                .filter(entitlement -> entitlement.kind() == kind)
                .map(entitlement -> Json.object("name", entitlement.name(), "description", entitlement.description()))
                .toList();
    }

    private Json.Obj client(String name) {
        return Json.object(
                "clientId",
                name,
                "publicClient",
                false,
                "secret",
                secret(name),
                "serviceAccountsEnabled",
                true,
                "standardFlowEnabled",
                false,
                "directAccessGrantsEnabled",
                false);
    }

    private static Json.Obj serviceAccount(String client, List<String> roles) {
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

    /** Makes the drift happen; what has happened already stays. */
    static void drift(Content content, KeycloakAdmin admin) {
        content.drift().granted().forEach(assignment -> change(name(content), admin, assignment, true));
        content.drift().removed().forEach(assignment -> change(name(content), admin, assignment, false));
    }

    private static void change(String realm, KeycloakAdmin admin, Assignment assignment, boolean hold) {
        String user = admin.userId(realm, assignment.person().email()).orElseThrow();
        String path = "/admin/realms/" + realm + "/users/" + user;
        String name = assignment.entitlement().name();
        KeycloakAdmin.Answer answer;
        if (assignment.entitlement().kind() == Kind.GROUP) {
            String group = named(admin.list("/admin/realms/" + realm + "/groups?exact=true&search=" + name), name)
                    .string("id");
            answer = admin.exchange(hold ? "PUT" : "DELETE", path + "/groups/" + group, "");
        } else {
            Json.Obj role = named(admin.list("/admin/realms/" + realm + "/roles?search=" + name), name);
            String body = Json.array(Json.object("id", role.string("id"), "name", name))
                    .canonical();
            answer = admin.exchange(hold ? "POST" : "DELETE", path + "/role-mappings/realm", body);
        }
        if (answer.status() / 100 != 2) {
            throw new PlatformFailure("Keycloak refuses the drift of the demonstration: " + answer.status());
        }
    }

    private static Json.Obj named(List<Json.Obj> found, String name) {
        return found.stream()
                .filter(object -> object.string("name").equals(name))
                .findFirst()
                .orElseThrow(() -> new PlatformFailure("the governed realm has no " + name));
    }
}
