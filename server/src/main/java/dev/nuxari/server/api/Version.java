package dev.nuxari.server.api;

import dev.nuxari.kernel.ProblemException;

/**
 * The version of an object, which its readers get as {@code ETag} and its changers hand back as {@code If-Match} (RFC 9110,
 * sections 8.8.3 and 13.1.1). A controller that takes one as an argument requires the header.
 */
public record Version(int value) {
    public String eTag() {
        return "\"" + value + "\"";
    }

    /** The problem of a caller who saw this version when the current one was there. */
    public ProblemException stale(int current) {
        return new ProblemException(
                ApiProblem.STALE_VERSION,
                "You changed version %d, but version %d is there. Read it again.".formatted(value, current));
    }
}
