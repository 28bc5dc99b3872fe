package dev.nuxari.server.leaks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Speaks HTTP with the server under test, byte by byte, and keeps every answer with its headers. */
final class Wire {
    private final URI server;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final List<Answer> answers = new ArrayList<>();

    Wire(URI server) {
        this.server = server;
    }

    /**
     * What came back.
     *
     * @param to the request, without anything that was pushed in
     */
    @SuppressWarnings("ArrayRecordComponent") // It is read, never compared.
    record Answer(String to, int status, String headers, byte[] body) {
        String text() {
            return new String(body, UTF_8);
        }

        Json.Obj json() {
            return Json.parseObject(text());
        }

        /** The same, if it is what was hoped for. */
        Answer as(int expected) {
            if (status != expected) {
                throw new AssertionError(to + " was answered " + status + ": " + text());
            }
            return this;
        }
    }

    /** A request. */
    record Call(String method, String path, @Nullable String body, Map<String, String> headers) {
        Call {
            headers = Map.copyOf(headers);
        }

        static Call get(String path) {
            return new Call("GET", path, null, Map.of());
        }

        static Call of(String method, String path, String body) {
            return new Call(method, path, body, Map.of("Content-Type", "application/json"));
        }

        Call with(String name, String value) {
            Map<String, String> all = new LinkedHashMap<>(headers);
            all.put(name, value);
            return new Call(method, path, body, all);
        }
    }

    Answer send(String what, Call call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(call.path()))
                .method(
                        call.method(),
                        call.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(call.body()));
        call.headers().forEach(request::header);
        try {
            HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
            var answer = new Answer(
                    what, response.statusCode(), response.headers().map().toString(), response.body());
            answers.add(answer);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What no client library would send. */
    void sendRaw(String what, String request) {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            socket.shutdownOutput();
            answers.add(new Answer(what, 0, "", socket.getInputStream().readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What tells a secret to the one who is meant to know it. */
    void forget(Answer answer) {
        answers.remove(answer);
    }

    List<Answer> answers() {
        return List.copyOf(answers);
    }
}
