package dev.nuxari.server.connectors.keycloak;

import static dev.nuxari.server.connectors.keycloak.KeycloakHttp.segment;

import dev.nuxari.kernel.Json;
import dev.nuxari.server.connectors.keycloak.KeycloakHttp.Body;
import dev.nuxari.server.connectors.keycloak.KeycloakHttp.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The part of Keycloak's administration interface that governing a realm needs. */
final class RealmSession {
    private static final int PAGE = 500;

    private final KeycloakHttp http;
    private final Client client;

    RealmSession(KeycloakHttp http, Client client) {
        this.http = http;
        this.client = client;
    }

    /** What can be held: a realm role, or the membership in a group. */
    record Holding(String id, String name, Optional<String> description) {}

    /** All users but those that stand for clients. */
    List<Json.Obj> users() {
        return pages("/users?briefRepresentation=true");
    }

    Optional<Json.Obj> user(String id) {
        return one("/users/" + segment(id));
    }

    /** Realm roles. Their name is what Keycloak looks them up by, their id is what stays. */
    List<Holding> roles() {
        return pages("/roles?briefRepresentation=true").stream()
                .map(role -> new Holding(role.string("id"), role.string("name"), role.optionalString("description")))
                .toList();
    }

    Optional<Json.Obj> role(String id) {
        return one("/roles-by-id/" + segment(id)).filter(role -> !role.has("clientRole") || !role.bool("clientRole"));
    }

    /** The ids of the users who hold a realm role directly. */
    List<String> holdersOfRole(String name) {
        return ids(pages("/roles/" + segment(name) + "/users?briefRepresentation=true"));
    }

    boolean holdsRole(String user, String role) {
        return get("/users/" + segment(user) + "/role-mappings/realm").objects().stream()
                .anyMatch(held -> held.string("id").equals(role));
    }

    void giveRole(String user, Json.Obj role) {
        change("POST", "/users/" + segment(user) + "/role-mappings/realm", Body.of(named(role)));
    }

    void takeRole(String user, Json.Obj role) {
        change("DELETE", "/users/" + segment(user) + "/role-mappings/realm", Body.of(named(role)));
    }

    /** Groups and the groups in them, by path. */
    List<Holding> groups() {
        List<Holding> groups = new ArrayList<>();
        pages("/groups?briefRepresentation=true").forEach(group -> collect(group, "", groups));
        return groups;
    }

    Optional<Json.Obj> group(String id) {
        return one("/groups/" + segment(id));
    }

    /** The ids of a group's members. */
    List<String> members(String group) {
        return ids(pages("/groups/" + segment(group) + "/members?briefRepresentation=true"));
    }

    boolean isMember(String user, String group) {
        return pages("/users/" + segment(user) + "/groups?briefRepresentation=true").stream()
                .anyMatch(held -> held.string("id").equals(group));
    }

    void join(String user, String group) {
        change("PUT", membership(user, group), Body.NOTHING);
    }

    void leave(String user, String group) {
        change("DELETE", membership(user, group), Body.NOTHING);
    }

    /** Writes the user back as it was read but disabled: Keycloak takes a missing attribute for a removed one. */
    void disable(Json.Obj user) {
        change("PUT", "/users/" + segment(user.string("id")), Body.of(user.with("enabled", false)));
    }

    private void collect(Json.Obj group, String parent, List<Holding> groups) {
        String id = group.string("id");
        String path = parent + "/" + group.string("name");
        groups.add(new Holding(id, path, group.optionalString("description")));
        if (group.has("subGroupCount") && group.integer("subGroupCount") > 0) {
            pages("/groups/" + segment(id) + "/children?briefRepresentation=true")
                    .forEach(child -> collect(child, path, groups));
        }
    }

    private static String membership(String user, String group) {
        return "/users/" + segment(user) + "/groups/" + segment(group);
    }

    /** Keycloak wants id and name, and refuses when they do not belong together. */
    private static Json named(Json.Obj role) {
        return Json.array(Json.object("id", role.string("id"), "name", role.string("name")));
    }

    private static List<String> ids(List<Json.Obj> users) {
        return users.stream().map(user -> user.string("id")).toList();
    }

    private List<Json.Obj> pages(String path) {
        List<Json.Obj> all = new ArrayList<>();
        List<Json.Obj> page;
        do {
            page = get(path + "&first=" + all.size() + "&max=" + PAGE).objects();
            all.addAll(page);
        } while (page.size() == PAGE);
        return all;
    }

    private Optional<Json.Obj> one(String path) {
        Answer answer = http.send(client, "GET", path, Body.NOTHING);
        if (answer.isNotFound()) {
            return Optional.empty();
        }
        return Optional.of(checked(answer).object());
    }

    private Answer get(String path) {
        return checked(http.send(client, "GET", path, Body.NOTHING));
    }

    private void change(String method, String path, Body body) {
        checked(http.send(client, method, path, body));
    }

    private static Answer checked(Answer answer) {
        if (!answer.isSuccess()) {
            throw answer.failure();
        }
        return answer;
    }
}
