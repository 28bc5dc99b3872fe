package dev.nuxari.cli.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.transparency.LogSource;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** The log of a server, read over HTTP. When the server asks to be asked more slowly, it is. */
public final class RemoteLog implements LogSource {
    private static final int MOST_ATTEMPTS = 20;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final URI log;
    private final Credential credential;

    /**
     * A log on a server.
     *
     * @param log its address, {@code https://host/log/<organizationId>}
     * @param credential what the server wants to see, if it wants anything
     */
    public RemoteLog(URI log, Credential credential) {
        this.log = URI.create(log + (log.toString().endsWith("/") ? "" : "/"));
        this.credential = credential;
    }

    @Override
    public Optional<byte[]> read(String path) {
        URI resource = log.resolve(path);
        for (int attempt = 1; ; attempt++) {
            HttpRequest.Builder request = Http.request(resource).GET();
            credential.show(request, "GET", resource);
            HttpResponse<byte[]> answer = Http.send(request.build(), LARGEST_RESOURCE);
            int status = answer.statusCode();
            if (status == 200) {
                return Optional.of(answer.body());
            }
            if (status == 404) {
                return Optional.empty();
            }
            if (status != 429 || attempt == MOST_ATTEMPTS) {
                throw failure(answer);
            }
            LockSupport.parkNanos(pause(answer).toNanos());
        }
    }

    /** Also when the server refuses: what cannot be read is not refuted. */
    private static Unreachable failure(HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        String advice = status == 401 ? " Sign in (\"nuxari login\") or give --token-file." : "";
        return new Unreachable(answer.uri() + " answered " + status + ": "
                + Refused.of(status, new String(answer.body(), UTF_8)).inOneLine() + "." + advice);
    }

    /** In seconds (RFC 9110, section 10.2.3); we send no dates. */
    private static Duration pause(HttpResponse<byte[]> answer) {
        long seconds = answer.headers().firstValueAsLong("Retry-After").orElse(1);
        Duration asked = Duration.ofSeconds(Math.max(1, seconds));
        return asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
    }
}
