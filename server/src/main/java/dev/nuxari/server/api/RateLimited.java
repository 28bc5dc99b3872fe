package dev.nuxari.server.api;

import java.time.Duration;

/** Somebody asks more often than is good for the others. */
final class RateLimited extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    RateLimited(String whose, Duration retryAfter) {
        super("%s sent too many requests. Wait %d s.".formatted(whose, retryAfter.toSeconds()));
        this.retryAfter = retryAfter;
    }

    Duration retryAfter() {
        return retryAfter;
    }
}
