package dev.nuxari.platform;

import dev.nuxari.kernel.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Keycloak's administration interface, as far as we need it. Everything is made when missing and left alone when there. */
public final class KeycloakAdmin {
    // Its access tokens live for 60 s.
    private static final long TOKEN_NANOS = Duration.ofSeconds(40).toNanos();

    private final String url;
    private final String user;
    private final String password;
    private String token = "";
    private long tokenUntil = System.nanoTime();

    public KeycloakAdmin(String url, String user, String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    /** A person to be made. */
    public record NewUser(String email, String firstName, String lastName, String password) {
        @Override
        public String toString() {
            return "NewUser[" + email + "]";
        }
    }

    /** The answer of Keycloak. */
    public record Answer(int status, String body, Optional<String> location) {
        boolean isSuccess() {
            return status / 100 == 2;
        }

        /** The id at the end of the address of what was created. */
        Optional<String> createdId() {
            return location.map(address -> address.substring(address.lastIndexOf('/') + 1));
        }
    }

    /** Imports the realm of that JSON representation; false when there is one of that name already. */
    public boolean ensureRealm(String representation) {
        return ensureRealm(Json.parseObject(representation).string("realm"), () -> representation);
    }

    /** The same, for a representation that is not needed when the realm is there. */
    public boolean ensureRealm(String realm, Supplier<String> representation) {
        if (exchange("GET", "/admin/realms/" + realm, "").status() == 200) {
            return false;
        }
        expect(exchange("POST", "/admin/realms", representation.get()), "import the realm " + realm);
        return true;
    }

    /** Lets people return from signing in at another address than the one the realm was imported with. */
    public void moveClient(String realm, String client, String baseUrl) {
        String base = "/admin/realms/" + realm + "/clients";
        Json.Obj known = list(base + "?clientId=" + client).getFirst();
        Json.Obj moved = known.with("rootUrl", baseUrl)
                .with("redirectUris", List.of(baseUrl + "/login/oauth2/code/keycloak"))
                .with(
                        "attributes",
                        known.object("attributes")
                                .with("post.logout.redirect.uris", baseUrl + "/*")
                                .with("backchannel.logout.url", baseUrl + "/logout/backchannel"));
        if (!known.optionalString("rootUrl").equals(Optional.of(baseUrl))) {
            expect(exchange("PUT", base + "/" + known.string("id"), moved.canonical()), "move the client " + client);
        }
    }

    /**
     * Brings a client with a service account into a realm that was made before there was one.
     *
     * @param representation of the whole realm, as it would be imported today
     */
    public void ensureServiceAccount(String representation, String client) {
        Json.Obj today = Json.parseObject(representation);
        String realm = "/admin/realms/" + today.string("realm");
        if (list(realm + "/clients?clientId=" + client).isEmpty()) {
            Json.Obj part = Json.object(
                    "ifResourceExists",
                    "SKIP",
                    "clients",
                    today.objects("clients").stream()
                            .filter(each -> each.string("clientId").equals(client))
                            .toList(),
                    "users",
                    today.objects("users").stream()
                            .filter(each ->
                                    each.string("serviceAccountClientId").equals(client))
                            .toList());
            expect(exchange("POST", realm + "/partialImport", part.canonical()), "import the client " + client);
        }
    }

    /** The id of the organization with that alias. */
    public String ensureOrganization(String realm, String alias, String name, String domain) {
        String base = "/admin/realms/" + realm + "/organizations";
        Optional<String> known = list(base + "?search=" + encode(domain)).stream()
                .filter(organization -> organization.string("alias").equals(alias))
                .map(organization -> organization.string("id"))
                .findFirst();
        if (known.isPresent()) {
            return known.get();
        }
        Json.Obj organization = Json.object(
                "name",
                name,
                "alias",
                alias,
                "enabled",
                true,
                "domains",
                List.of(Json.object("name", domain, "verified", true)));
        Answer answer = exchange("POST", base, organization.canonical());
        expect(answer, "create the organization " + alias);
        return answer.createdId().orElseThrow();
    }

    /** Lets an attribute of the organization have these values and no others. */
    public void setAttribute(String realm, String organizationId, String name, List<String> values) {
        String path = "/admin/realms/" + realm + "/organizations/" + organizationId;
        Answer known = exchange("GET", path, "");
        expect(known, "read an organization");
        Json.Obj organization = Json.parseObject(known.body());
        Json.Obj attributes = organization.has("attributes") ? organization.object("attributes") : Json.object();
        expect(
                exchange(
                        "PUT",
                        path,
                        organization
                                .with("attributes", attributes.with(name, values))
                                .canonical()),
                "set " + name + " of an organization");
    }

    /** The id (the {@code sub} of tokens) of the person with that e-mail address. */
    public String ensureUser(String realm, NewUser person) {
        Optional<String> known = userId(realm, person.email());
        if (known.isPresent()) {
            return known.get();
        }
        Answer answer = createUser(realm, person);
        expect(answer, "create " + person.email());
        return answer.createdId().orElseThrow();
    }

    /** The same for a person with a second factor, which they have from the start. */
    public String ensureUser(String realm, NewUser person, OneTimePassword factor) {
        Optional<String> known = userId(realm, person.email());
        if (known.isPresent()) {
            return known.get();
        }
        Json.Obj made = representation(person);
        List<Json.Obj> credentials = new ArrayList<>(made.objects("credentials"));
        credentials.add(Json.object(
                "type",
                "otp",
                "secretData",
                Json.object("value", factor.secret()).canonical(),
                "credentialData",
                Json.object("subType", "totp", "digits", 6, "period", 30, "algorithm", "HmacSHA1", "counter", 0)
                        .canonical()));
        Answer answer = exchange(
                "POST",
                "/admin/realms/" + realm + "/users",
                made.with("credentials", credentials).canonical());
        expect(answer, "create " + person.email());
        return answer.createdId().orElseThrow();
    }

    Answer createUser(String realm, NewUser person) {
        return exchange(
                "POST",
                "/admin/realms/" + realm + "/users",
                representation(person).canonical());
    }

    /** The id of the person with that e-mail address. */
    public Optional<String> userId(String realm, String email) {
        return list("/admin/realms/" + realm + "/users?exact=true&email=" + encode(email)).stream()
                .map(user -> user.string("id"))
                .findFirst();
    }

    /** Makes the person a member of the organization. */
    public void ensureMember(String realm, String organizationId, String userId) {
        Answer answer = exchange(
                "POST",
                "/admin/realms/" + realm + "/organizations/" + organizationId + "/members",
                Json.of(userId).canonical());
        // 409: is a member already.
        if (answer.status() != 409) {
            expect(answer, "add a member");
        }
    }

    /** The objects of a list. */
    public List<Json.Obj> list(String path) {
        Answer answer = exchange("GET", path, "");
        expect(answer, "read " + path);
        return Json.object("items", Json.parse(answer.body())).objects("items");
    }

    private static Json.Obj representation(NewUser person) {
        return Json.object(
                "username",
                person.email(),
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
                "credentials",
                List.of(Json.object("type", "password", "value", person.password(), "temporary", false)));
    }

    /** One call, for what has no method here; the path begins with {@code /admin}. An empty body is none. */
    public Answer exchange(String method, String path, String body) {
        HttpRequest.Builder request = Http.request(URI.create(url + path)).header("Authorization", "Bearer " + token());
        if (body.isEmpty()) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(body));
        }
        HttpResponse<String> response = Http.send(request.build());
        return new Answer(
                response.statusCode(), response.body(), response.headers().firstValue("Location"));
    }

    static void expect(Answer answer, String doing) {
        if (!answer.isSuccess()) {
            throw new PlatformFailure("Keycloak refuses to " + doing + ": " + answer.status() + " " + answer.body());
        }
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private synchronized String token() {
        if (System.nanoTime() - tokenUntil >= 0) {
            HttpResponse<String> response = Http.send(Http.form(
                    URI.create(url + "/realms/master/protocol/openid-connect/token"),
                    Map.of(
                            "grant_type",
                            "password",
                            "client_id",
                            "admin-cli",
                            "username",
                            user,
                            "password",
                            password)));
            if (response.statusCode() != 200) {
                throw new PlatformFailure(
                        "Keycloak does not accept its administrator: " + response.statusCode() + " " + response.body());
            }
            token = Json.parseObject(response.body()).string("access_token");
            tokenUntil = System.nanoTime() + TOKEN_NANOS;
        }
        return token;
    }
}
