package dev.nuxari.server.testing;

import dev.nuxari.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** Speaks HTTP with the server under test, as a program with a bearer token does. */
public final class TestHttp {
    private final Environment environment;
    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    TestHttp(Environment environment) {
        this.environment = environment;
    }

    public URI uri(String path) {
        return URI.create("http://localhost:" + environment.getRequiredProperty("local.server.port") + path);
    }

    /** Signed in as this member; relative paths are below the member's organization. */
    public Session as(TestMember member) {
        return new Session(
                "/api/v1/organizations/" + member.organization(),
                List.of("Authorization", "Bearer " + lasting(member)));
    }

    /** Tests move the clock; what they test is rarely the end of a token or of a sign-in. */
    private static String lasting(TestMember member) {
        Date end = Date.from(new ManualClock().instant().plus(Duration.ofDays(30)));
        return TestBroker.instance()
                .token(
                        member,
                        claims -> claims.expirationTime(end)
                                .claim("auth_time", end.toInstant().getEpochSecond()));
    }

    /** Signed in with whatever this token is worth. */
    public Session withToken(String token) {
        return new Session("", List.of("Authorization", "Bearer " + token));
    }

    public Session anonymous() {
        return new Session("", List.of());
    }

    /** A browser that this member has just signed in with; it sends the cookie and the token against forgery. */
    public Session browserOf(TestMember member) {
        String cookie = signIn(member);
        Session browser = anonymous().with("Cookie", cookie);
        return new Session("/api/v1/organizations/" + member.organization(), browser.headers)
                .with("X-CSRF-Token", browser.get("/api/v1/me").json().string("csrfToken"));
    }

    /** Goes to the broker and back, and answers the session cookie. */
    public String signIn(TestMember member) {
        Answer start = anonymous().get("/login/start?returnTo=/requests");
        URI back = TestBroker.instance()
                .signIn(member, URI.create(start.header("Location").orElseThrow()));
        Answer end =
                anonymous().with("Cookie", start.cookie("nuxari_login")).get(back.getPath() + "?" + back.getRawQuery());
        return end.cookie("nuxari_session");
    }

    /** Who asks, and with which headers. Paths that begin with {@code /api/}, or have no base, are absolute. */
    public final class Session {
        private final String base;
        private final List<String> headers;

        private Session(String base, List<String> headers) {
            this.base = base;
            this.headers = headers;
        }

        /** The same with one header more. */
        public Session with(String name, String value) {
            List<String> more = new ArrayList<>(headers);
            more.addAll(List.of(name, value));
            return new Session(base, more);
        }

        public Answer get(String path) {
            return send("GET", path, null);
        }

        /** Sends JSON; apostrophes stand for quotation marks. A fresh Idempotency-Key is added when there is none. */
        public Answer post(String path, String body) {
            Session session = headers.contains("Idempotency-Key")
                    ? this
                    : with("Idempotency-Key", UUID.randomUUID().toString());
            return session.send("POST", path, body);
        }

        public Answer patch(String path, String body) {
            return send("PATCH", path, body);
        }

        public Answer send(String method, String path, @Nullable String body) {
            boolean typed = body == null || headers.contains("Content-Type");
            Session session = typed ? this : with("Content-Type", "application/json");
            return session.exchange(
                    method,
                    path,
                    body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.replace('\'', '"')));
        }

        /** Sends exactly this body. */
        public Answer exchange(String method, String path, HttpRequest.BodyPublisher body) {
            boolean absolute = path.startsWith("/api/")
                    || path.startsWith("/log/")
                    || path.startsWith("/login/")
                    || path.startsWith("/scim/")
                    || path.startsWith("/agent/")
                    || base.isEmpty();
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(uri(absolute ? path : base + path)).method(method, body);
            if (!headers.isEmpty()) {
                request.headers(headers.toArray(String[]::new));
            }
            try {
                return new Answer(client.send(request.build(), BodyHandlers.ofString()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** What came back. */
    public record Answer(HttpResponse<String> response) {
        public int status() {
            return response.statusCode();
        }

        public String body() {
            return response.body();
        }

        public Json.Obj json() {
            return Json.parseObject(body());
        }

        /** The items of a page. */
        public List<Json.Obj> items() {
            return json().objects("items");
        }

        public Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }

        /** A cookie that the answer sets, as the browser sends it back. */
        public String cookie(String name) {
            return response.headers().allValues("Set-Cookie").stream()
                    .filter(cookie -> cookie.startsWith(name + "="))
                    .map(cookie -> cookie.replaceFirst(";.*", ""))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no cookie " + name + " in " + response));
        }

        /** The slug of the problem, or what came instead of one. */
        public String problem() {
            boolean problem = header("Content-Type").orElse("").startsWith("application/problem+json");
            return problem ? json().string("type").replaceFirst("^/problems/", "") : status() + " " + body();
        }
    }
}
