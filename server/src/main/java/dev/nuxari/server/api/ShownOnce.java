package dev.nuxari.server.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;

/**
 * A secret in the answer to a request, which is shown this one time. Answers are kept for {@code Idempotency-Key}; whoever
 * repeats the request is told that it was done, and not the secret.
 */
public final class ShownOnce {
    static final String INSTEAD = "shown-once";

    private static final String ATTRIBUTE = ShownOnce.class.getName();

    private ShownOnce() {}

    /** Says what is not to be kept: a secret in ASCII, as it stands in the body. */
    public static void mark(HttpServletRequest request, String secret) {
        if (!US_ASCII.newEncoder().canEncode(secret)) {
            throw new IllegalArgumentException("a secret that is shown once is in ASCII");
        }
        request.setAttribute(ATTRIBUTE, secret);
    }

    /** The body as it may be kept. */
    static byte[] withoutSecret(HttpServletRequest request, byte[] body) {
        return request.getAttribute(ATTRIBUTE) instanceof String secret
                ? new String(body, UTF_8).replace(secret, INSTEAD).getBytes(UTF_8)
                : body;
    }
}
