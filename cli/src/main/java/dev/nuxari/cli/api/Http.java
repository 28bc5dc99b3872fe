package dev.nuxari.cli.api;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/** Sends requests and turns the failures of the network into {@link Unreachable}. Follows no redirect. */
final class Http {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(30))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Http() {}

    static HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(PATIENCE);
    }

    static HttpResponse<byte[]> send(HttpRequest request) {
        return send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    /** The same for an answer that must not be longer than this. */
    static HttpResponse<byte[]> send(HttpRequest request, int mostBytes) {
        return send(request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), mostBytes));
    }

    private static HttpResponse<byte[]> send(HttpRequest request, HttpResponse.BodyHandler<byte[]> handler) {
        try {
            return CLIENT.send(request, handler);
        } catch (ConnectException e) {
            throw new Unreachable(
                    "Nothing answers at " + origin(request) + ". Is Nuxari running? \"nuxari up\" starts it.", e);
        } catch (HttpTimeoutException e) {
            throw new Unreachable("No answer from " + origin(request) + " within " + PATIENCE.toSeconds() + " s.", e);
        } catch (IOException e) {
            throw new Unreachable("The connection to " + origin(request) + " broke: " + e.getMessage() + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreachable("Interrupted while waiting for " + origin(request) + ".", e);
        }
    }

    private static String origin(HttpRequest request) {
        return request.uri().getScheme() + "://" + request.uri().getAuthority();
    }
}
