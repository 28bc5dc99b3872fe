package dev.nuxari.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.cli.api.Fields;
import dev.nuxari.kernel.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Sends exactly what it is told as one person, also what no client of ours would send. */
record Wire(URI server, String organization, String token) {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** What came back. */
    record Answer(int status, String type, String body) {
        Json.Obj json() {
            return Json.parseObject(body);
        }

        /** The slug of the problem, or what came instead of one. */
        String problem() {
            return type.startsWith("application/problem+json")
                    ? Fields.text(json(), "type").replaceFirst("^/problems/", "")
                    : status + " " + type;
        }

        String text(String path) {
            return Fields.text(json(), path);
        }
    }

    Answer get(String path, String... headers) {
        return send("GET", path, new byte[0], headers);
    }

    Answer post(String path, Json.Obj body, String... headers) {
        return postText(path, body.canonical(), headers);
    }

    /** A body that says it is JSON. */
    Answer postText(String path, String body, String... headers) {
        return send("POST", path, body.getBytes(UTF_8), with(headers, "Content-Type", "application/json"));
    }

    Answer send(String method, String path, byte[] body, String... headers) {
        String full = path.startsWith("//") ? path.substring(1) : "/api/v1/organizations/" + organization + path;
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(full))
                .timeout(Duration.ofSeconds(60))
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
            String type = response.headers().firstValue("Content-Type").orElse("");
            return new Answer(response.statusCode(), type, response.body());
        } catch (IOException e) {
            throw new IllegalStateException("no answer to " + method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String[] with(String[] headers, String name, String value) {
        String[] more = new String[headers.length + 2];
        more[0] = name;
        more[1] = value;
        System.arraycopy(headers, 0, more, 2, headers.length);
        return more;
    }
}
