package dev.nuxari.bench;

import dev.nuxari.kernel.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** One signed-in program. */
final class Client {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;
    private final String base;
    private final String token;

    Client(String url, String organization, String token) {
        this.url = url;
        this.base = url + "/api/v1/organizations/" + organization;
        this.token = token;
    }

    Json.Obj get(String path) {
        return send(request(base + path).GET().build());
    }

    Json.Obj post(String path, Json body) {
        return send(posting(path, body));
    }

    /** Whatever comes of it. */
    void attempt(String path, Json body) {
        exchange(posting(path, body));
    }

    private HttpRequest posting(String path, Json body) {
        return request(base + path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.canonical()))
                .build();
    }

    /** Reads the whole answer and does not look at it. */
    void load(String path) {
        answer(request(base + path).GET().build());
    }

    /** {@link #load} of a path that belongs to no organization. */
    void loadShared(String path) {
        answer(request(url + path).GET().build());
    }

    private HttpRequest.Builder request(String address) {
        return HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE).header("Authorization", "Bearer " + token);
    }

    private Json.Obj send(HttpRequest request) {
        return Json.parseObject(answer(request));
    }

    private String answer(HttpRequest request) {
        HttpResponse<String> response = exchange(request);
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(
                    request.method() + " " + request.uri() + ": " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(request.uri() + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
