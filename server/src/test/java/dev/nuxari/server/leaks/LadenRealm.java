package dev.nuxari.server.leaks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nuxari.kernel.Json;
import dev.nuxari.server.testing.TestMember;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Speaks the part of Keycloak's interface that governing a realm takes, and answers with more than was asked for. The real
 * Keycloak is met in the connector's own tests; it could not be made to say all this.
 */
final class LadenRealm implements LadenSystem {
    private static final String REALM = "/admin/realms/laden";
    private static final String OPERATOR = "operator";
    private static final String BLIND = "blind";
    private static final String REQUESTER = "requester";

    private final Canaries canaries;
    private final String secret;
    private final HttpServer server;
    private final List<Json> users = new ArrayList<>();
    private final List<Json> roles = new ArrayList<>();
    private final List<Json> groups = new ArrayList<>();
    private final Set<String> held = ConcurrentHashMap.newKeySet();

    LadenRealm(Canaries canaries, String secret, TestMember requester) {
        this.canaries = canaries;
        this.secret = secret;
        users.add(user(REQUESTER, REQUESTER, requester.email()));
        for (String role : List.of("readers", "locked")) {
            roles.add(holding(role, role, ""));
        }
        laden();
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/realms/laden/protocol/openid-connect/token", this::token);
        server.createContext(REALM, this::administer);
        server.start();
    }

    private void laden() {
        for (Kind kind : Kind.values()) {
            users.add(user("user-" + kind, text("name of a user", kind), text("address of a user", kind))
                    .with("attributes", Json.object("note", List.of(text("attribute of a user", kind)))));
            roles.add(holding("role-" + kind, "role " + kind, text("description of a realm role", kind)));
            groups.add(holding("group-" + kind, text("name of a group", kind), text("description of a group", kind)));
        }
        for (Kind kind : Kind.ONE_LINE) {
            users.add(user(text("id of a user", kind), "user " + kind, "user@example.org"));
            roles.add(holding(text("id of a realm role", kind), text("name of a realm role", kind), ""));
        }
    }

    private String text(String place, Kind kind) {
        return canaries.text(place, kind);
    }

    private static Json.Obj user(String id, String name, String email) {
        return Json.object("id", id, "username", name, "firstName", name, "email", email, "enabled", true);
    }

    private static Json.Obj holding(String id, String name, String description) {
        return Json.object("id", id, "name", name, "description", description, "clientRole", false);
    }

    private void token(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        boolean known = form.contains("client_id=" + OPERATOR + "&") || form.contains("client_id=" + BLIND + "&");
        if (!known || !form.endsWith("client_secret=" + secret)) {
            String why = canaries.all("error of a token endpoint");
            answer(
                    exchange,
                    401,
                    Json.object("error", "invalid_client", "error_description", why)
                            .canonical());
        } else {
            answer(
                    exchange,
                    200,
                    Json.object("access_token", tokenOf(form.contains("client_id=" + BLIND)), "expires_in", 300)
                            .canonical());
        }
    }

    private String tokenOf(boolean blind) {
        return text(blind ? "token of a blind client" : "token of a client", Kind.JWT);
    }

    private void administer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring(REALM.length());
        boolean first = !String.valueOf(exchange.getRequestURI().getQuery()).matches(".*first=[1-9].*");
        if (String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
                .endsWith(tokenOf(true))) {
            answer(exchange, 200, "{\"users\": " + canaries.all("answer that is no JSON"));
        } else if (exchange.getRequestMethod().equals("POST")) {
            change(exchange);
        } else if (path.startsWith("/users/" + REQUESTER + "/role-mappings")) {
            answer(exchange, 200, array(roles.stream().filter(this::isHeld).toList()));
        } else if (path.matches("/(users|roles|groups)")) {
            answer(exchange, 200, array(first ? all(path) : List.of()));
        } else if (path.matches("/(users|roles-by-id|groups)/[^/]+")) {
            one(exchange, path);
        } else {
            answer(exchange, 200, "[]");
        }
    }

    private void change(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        if (body.contains("locked")) {
            exchange.getResponseHeaders()
                    .set("WWW-Authenticate", canaries.text("header of an error", Kind.GITHUB_TOKEN));
            answer(
                    exchange,
                    403,
                    Json.object("errorMessage", canaries.all("error of a role mapping"))
                            .canonical());
        } else {
            held.add("readers");
            answer(exchange, 200, "");
        }
    }

    private boolean isHeld(Json role) {
        return held.contains(((Json.Obj) role).string("id"));
    }

    private List<Json> all(String path) {
        return switch (path) {
            case "/users" -> users;
            case "/roles" -> roles;
            default -> groups;
        };
    }

    private void one(HttpExchange exchange, String path) throws IOException {
        String id = path.substring(path.lastIndexOf('/') + 1);
        List<Json> all = all(path.substring(0, path.lastIndexOf('/')).replace("-by-id", ""));
        List<Json> found = all.stream()
                .filter(each -> ((Json.Obj) each).string("id").equals(id))
                .toList();
        if (found.isEmpty()) {
            answer(
                    exchange,
                    404,
                    Json.object("error", canaries.all("error of a search for something"))
                            .canonical());
        } else {
            answer(exchange, 200, found.getFirst().canonical());
        }
    }

    private static String array(List<Json> items) {
        return new Json.Arr(items).canonical();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public Json.Obj registration(String name) {
        return registration(name, OPERATOR);
    }

    @Override
    public Json.Obj refusedRegistration(String name) {
        return registration(name, "refused");
    }

    @Override
    public Json.Obj blindRegistration(String name) {
        return registration(name, BLIND);
    }

    private Json.Obj registration(String name, String client) {
        Json.Obj credential = Json.object("clientId", client, "clientSecret", secret);
        return Json.object(
                "kind",
                "keycloak",
                "name",
                name,
                "settings",
                Json.object("url", "http://localhost:" + server.getAddress().getPort(), "realm", "laden"),
                "credentials",
                Json.object("observe", credential, "execute", credential));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
