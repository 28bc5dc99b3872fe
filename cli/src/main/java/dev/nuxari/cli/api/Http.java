package dev.nuxari.cli.api;

import java.io.IOException;
import java.io.InputStream;
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

    /** The same for an answer that need not fit into memory. */
    static HttpResponse<InputStream> open(HttpRequest request) {
        return send(request, HttpResponse.BodyHandlers.ofInputStream());
    }

    private static <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return CLIENT.send(request, handler);
        } catch (ConnectException e) {
            throw new Unreachable(
                    "Nothing answers at " + origin(request) + ". Is Nuxari running? \"nuxari up\" starts it.", e);
        } catch (HttpTimeoutException e) {
            throw new Unreachable("No answer from " + origin(request) + " within " + PATIENCE.toSeconds() + " s.", e);
        } catch (IOException e) {
            throw broken(request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreachable("Interrupted while waiting for " + origin(request) + ".", e);
        }
    }

    static Unreachable broken(URI uri, IOException e) {
        return new Unreachable("The connection to " + origin(uri) + " broke: " + e.getMessage() + ".", e);
    }

    private static String origin(HttpRequest request) {
        return origin(request.uri());
    }

    private static String origin(URI uri) {
        return uri.getScheme() + "://" + uri.getAuthority();
    }
}
