package dev.nuxari.bench;

import dev.nuxari.kernel.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A directory of an organization of the running stack, and whoever sends it by SCIM. */
final class SentDirectory {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private static final String BULK = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final JdbcClient superuser;
    private final String base;
    private final String token;
    private final String domain;
    private final UUID id;
    private int sent;

    private SentDirectory(JdbcClient superuser, String base, String token, String domain, UUID id) {
        this.superuser = superuser;
        this.base = base;
        this.token = token;
        this.domain = domain;
        this.id = id;
    }

    /**
     * Makes one.
     *
     * @param owner signed in to the organization
     */
    static SentDirectory in(Ground ground, Json.Obj organization, Client owner) {
        JdbcClient superuser = superuser(ground);
        String domain = "d" + UUID.randomUUID() + ".example";
        // What a look into the DNS would have found.
        superuser
                .sql("""
                INSERT INTO organization_domain
                    (organization_id, domain_id, domain, token, state, added_at, verified_at, next_check_at)
                VALUES (?, uuidv7(), ?, repeat('0', 32), 'verified', now(), now(), now() + interval '1 day')
                """)
                .params(UUID.fromString(organization.string("id")), domain)
                .update();
        String directory = owner.post(
                        "/directories",
                        Json.object("name", "Measured", "defaultRole", "readonly", "ceiling", "approver"))
                .string("id");
        String token = owner.post("/directories/" + directory + "/tokens", Json.object())
                .string("token");
        String base = ground.file().url() + "/scim/v2/" + organization.string("id");
        return new SentDirectory(superuser, base, token, domain, UUID.fromString(directory));
    }

    static JdbcClient superuser(Ground ground) {
        String password = ground.file().content().object("postgres").string("superuserPassword");
        return JdbcClient.create(new DriverManagerDataSource(Layers.url(ground.file()), "postgres", password));
    }

    /** One request for each user. */
    Json.Obj post(int users, int clients) {
        Json.Obj answer = Load.times(clients, sent, users, number -> send("/Users", user(number)));
        sent += users;
        return answer;
    }

    /** Several users in each request. */
    Json.Obj bulk(int users, int inEach, int clients) {
        int requests = users / inEach;
        Json.Obj answer = Load.times(clients, sent / inEach, requests, number -> send("/Bulk", many(number, inEach)));
        sent += users;
        return answer.with("usersPerSecond", Load.rounded(answer.number("perSecond") * inEach));
    }

    private Json.Obj many(int number, int inEach) {
        return Json.object(
                "schemas",
                Json.array(BULK),
                "Operations",
                IntStream.range(number * inEach, (number + 1) * inEach)
                        .mapToObj(each -> Json.object(
                                "method", "POST", "path", "/Users", "bulkId", "b" + each, "data", user(each)))
                        .toList());
    }

    /** As large as the ones that Entra ID sends. */
    private Json.Obj user(int number) {
        String address = address(number);
        return Json.object(
                "schemas",
                Json.array(USER, ENTERPRISE),
                "externalId",
                "e" + number,
                "userName",
                address,
                "active",
                true,
                "displayName",
                "Person Number " + number,
                "emails",
                Json.array(Json.object("primary", true, "type", "work", "value", address)),
                "name",
                Json.object(
                        "formatted",
                        "Person Number " + number,
                        "familyName",
                        "Number " + number,
                        "givenName",
                        "Person"),
                "title",
                "Clerk",
                ENTERPRISE,
                Json.object("department", "Department " + number % 100));
    }

    String address(int number) {
        return "person" + number + "@" + domain;
    }

    private void send(String path, Json.Obj body) {
        String answer = exchange(request(path)
                .header("Content-Type", "application/scim+json")
                .POST(BodyPublishers.ofString(body.canonical()))
                .build());
        if (path.equals("/Bulk")) {
            for (Json.Obj one : Json.parseObject(answer).objects("Operations")) {
                if (!one.has("id")) {
                    throw new IllegalStateException(one.canonical());
                }
            }
        }
    }

    Json.Obj get(String path) {
        return Json.parseObject(exchange(request(path).GET().build()));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token);
    }

    private String exchange(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(request.uri() + ": " + response.statusCode() + " " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new IllegalStateException(request.uri() + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    int sent() {
        return sent;
    }

    /** Of how many the broker knows, and who are members since. */
    long members() {
        return superuser
                .sql(
                        "SELECT count(*) FROM directory_user WHERE directory_id = ? AND member_id IS NOT NULL AND pending_at IS NULL")
                .param(id)
                .query(Long.class)
                .single();
    }
}
