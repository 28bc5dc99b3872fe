package dev.nuxari.platform;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A second factor as an authenticator app shows it: TOTP (RFC 6238), with six digits, every thirty seconds, SHA-1. */
public final class OneTimePassword {
    private static final long PERIOD = Duration.ofSeconds(30).toSeconds();
    private static final int DIGITS = 1_000_000;

    private final String secret;
    private final InstantSource clock;

    public OneTimePassword(String secret, InstantSource clock) {
        this.secret = secret;
        this.clock = clock;
    }

    String secret() {
        return secret;
    }

    /** The code of the moment. Keycloak takes each of them once. */
    public String code() {
        long step = clock.instant().getEpochSecond() / PERIOD;
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            byte[] hash =
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int offset = hash[hash.length - 1] & 0xf;
            int truncated = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
            return "%06d".formatted(truncated % DIGITS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform implements HMAC-SHA-1", e);
        }
    }

    @Override
    public String toString() {
        return "OneTimePassword[***]";
    }
}
