package dev.nuxari.server.federation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Fetches what administrators say is a provider's document. The address is theirs, so it could be one of our own network: only
 * https to public addresses, nothing that redirects, one MiB, a few seconds. The name is looked up here and again by the HTTP
 * client; the JVM remembers an answer for 30 seconds, so that both have the same.
 */
@Component
class ForeignDocuments {
    private static final Logger log = LoggerFactory.getLogger(ForeignDocuments.class);
    private static final int LARGEST = 1024 * 1024;
    private static final int OK = 200;
    private static final int REDIRECTION = 3;

    private final FederationConfig config;
    private final HttpClient http;

    ForeignDocuments(FederationConfig config) {
        this.config = config;
        this.http = HttpClient.newBuilder()
                .connectTimeout(config.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /** A document, or why there is none. */
    sealed interface Fetched {
        record Document(int status, String text) implements Fetched {}

        record Failed(Finding why) implements Fetched {}
    }

    Fetched get(URI address) {
        return send(address, HttpRequest.newBuilder().GET());
    }

    Fetched post(URI address, String form) {
        return send(
                address,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    /** The same, where only what is there counts. */
    Fetched document(URI address) {
        return switch (get(address)) {
            case Fetched.Document(int status, String _)
            when status / 100 == REDIRECTION -> new Fetched.Failed(Finding.REDIRECTED);
            case Fetched.Document(int status, String _) when status != OK -> new Fetched.Failed(Finding.WRONG_STATUS);
            case Fetched other -> other;
        };
    }

    private Fetched send(URI address, HttpRequest.Builder request) {
        if (!isPossible(address)) {
            return new Fetched.Failed(Finding.NOT_HTTPS);
        }
        try {
            if (!isTrusted(address) && !isPublic(InetAddress.getAllByName(address.getHost()))) {
                return new Fetched.Failed(Finding.PRIVATE_ADDRESS);
            }
            CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(
                    request.uri(address).timeout(config.timeout()).build(),
                    BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
            try {
                HttpResponse<byte[]> response = answer.get(config.timeout().toMillis(), TimeUnit.MILLISECONDS);
                return new Fetched.Document(response.statusCode(), new String(response.body(), UTF_8));
            } finally {
                answer.cancel(true);
            }
        } catch (UnknownHostException _) {
            return new Fetched.Failed(Finding.NO_SUCH_HOST);
        } catch (TimeoutException _) {
            return new Fetched.Failed(Finding.TOO_SLOW);
        } catch (ExecutionException e) {
            return new Fetched.Failed(why(e));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Fetched.Failed(Finding.TOO_SLOW);
        }
    }

    private static Finding why(ExecutionException e) {
        log.debug("a provider's document cannot be had", e);
        return switch (e.getCause()) {
            case HttpTimeoutException _ -> Finding.TOO_SLOW;
            case IOException io when String.valueOf(io.getMessage()).contains("exceeds capacity") -> Finding.TOO_LARGE;
            case null, default -> Finding.UNREACHABLE;
        };
    }

    /** Whether the broker or a browser may be sent there, too. */
    boolean isPossible(URI address) {
        boolean written =
                address.getHost() != null && address.getRawUserInfo() == null && address.getRawFragment() == null;
        return written
                && ("https".equals(address.getScheme()) || ("http".equals(address.getScheme()) && isTrusted(address)));
    }

    /** The same for an address that the broker will ask, whose host has to be a public one now. */
    boolean isAskable(URI address) {
        try {
            return isPossible(address) && (isTrusted(address) || isPublic(InetAddress.getAllByName(address.getHost())));
        } catch (UnknownHostException _) {
            return false;
        }
    }

    private boolean isTrusted(URI address) {
        return config.trustedHosts().contains(String.valueOf(address.getHost()).toLowerCase(Locale.ROOT));
    }

    static boolean isPublic(InetAddress... addresses) {
        for (InetAddress address : addresses) {
            if (!isPublic(address)) {
                return false;
            }
        }
        return addresses.length > 0;
    }

    private static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        return address instanceof Inet6Address ? isPublic6(bytes) : isPublic4(bytes);
    }

    /** RFC 6890 and what was added to it: shared (100.64/10), protocol (192.0.0/24), benchmark (198.18/15), reserved (240/4). */
    private static boolean isPublic4(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        return first != 0
                && first < 240
                && !(first == 100 && (second & 0xc0) == 64)
                && !(first == 192 && second == 0 && bytes[2] == 0)
                && !(first == 198 && (second & 0xfe) == 18);
    }

    /** Global unicast (2000::/3) only; and not the ways in which an address of IPv4 is wrapped (6to4, Teredo). */
    private static boolean isPublic6(byte[] bytes) {
        int first = ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
        int second = ((bytes[2] & 0xff) << 8) | (bytes[3] & 0xff);
        return (first & 0xe000) == 0x2000 && first != 0x2002 && !(first == 0x2001 && second == 0);
    }
}
