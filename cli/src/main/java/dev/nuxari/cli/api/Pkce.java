package dev.nuxari.cli.api;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.nuxari.kernel.Sha256;
import java.security.SecureRandom;
import java.util.Base64;

/** Proof key for code exchange (RFC 7636), method S256: whoever steals the code cannot use it. */
record Pkce(String verifier) {
    private static final SecureRandom RANDOM = new SecureRandom();

    static Pkce fresh() {
        return new Pkce(unguessable());
    }

    static String unguessable() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    String challenge() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(verifier.getBytes(US_ASCII)));
    }

    @Override
    public String toString() {
        return "***";
    }
}
