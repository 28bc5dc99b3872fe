package dev.nuxari.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import dev.nuxari.kernel.Json;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Seals what a cookie holds, so that a browser keeps it for us and can neither read nor change it. Each purpose has a key of its
 * own; all nodes share the client secret, so keys derived from it need no file (RFC 5869).
 */
final class CookieSeal {
    private static final String EXPIRES = "expires";
    private static final int KEY_BYTES = 32;

    private final byte[] purpose;
    private final Aead aead;
    private final InstantSource clock;

    CookieSeal(String purpose, OidcConfig config, InstantSource clock) {
        this.purpose = purpose.getBytes(UTF_8);
        this.clock = clock;
        try {
            byte[] key = KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(config.clientSecret().getBytes(UTF_8))
                            .thenExpand(this.purpose, KEY_BYTES));
            this.aead = new AesGcmJce(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM and HKDF are not available", e);
        }
    }

    String seal(Json.Obj content, Instant expires) {
        try {
            byte[] sealed =
                    aead.encrypt(content.with(EXPIRES, expires.getEpochSecond()).canonicalBytes(), purpose);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the cookie could not be sealed", e);
        }
    }

    /** Empty for what was not sealed here, was altered, or has expired. */
    Optional<Json.Obj> open(String cookie) {
        try {
            byte[] content = aead.decrypt(Base64.getUrlDecoder().decode(cookie), purpose);
            return Optional.of(Json.parseObject(new String(content, UTF_8)))
                    .filter(kept -> Instant.ofEpochSecond(kept.integer(EXPIRES)).isAfter(clock.instant()));
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
