package dev.nuxari.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.OrganizationId;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import org.springframework.stereotype.Component;

/**
 * Makes the secrets of sessions, and recognizes them: half of a secret is random, half a MAC over it and the organization. So
 * nobody outside an organization can have a session looked up there, and take something of its share of the server.
 */
@Component
class SessionSecrets {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int HALF = 16;
    private static final byte[] PURPOSE = "nuxari session secret v1".getBytes(UTF_8);
    private static final Pattern FORM =
            Pattern.compile("nxc_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})_([A-Za-z0-9_-]{43})");

    private final SecretKey key;

    /** All nodes share the client secret, so a key derived from it needs no file of its own (RFC 5869). */
    SessionSecrets(OidcConfig config) {
        try {
            key = KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "HmacSHA256",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(config.clientSecret().getBytes(UTF_8))
                                    .thenExpand(PURPOSE, 2 * HALF));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HKDF is not available", e);
        }
    }

    SessionSecret random(OrganizationId organization) {
        byte[] secret = new byte[HALF];
        RANDOM.nextBytes(secret);
        byte[] whole = Arrays.copyOf(secret, 2 * HALF);
        System.arraycopy(mac(organization, secret), 0, whole, HALF, HALF);
        return new SessionSecret(
                organization, Base64.getUrlEncoder().withoutPadding().encodeToString(whole));
    }

    /** Empty if the cookie is none of ours. */
    Optional<SessionSecret> parse(String cookie) {
        Matcher form = FORM.matcher(cookie);
        return form.matches()
                ? Optional.of(new SessionSecret(OrganizationId.parse(form.group(1)), form.group(2)))
                        .filter(this::isOurs)
                : Optional.empty();
    }

    private boolean isOurs(SessionSecret claimed) {
        byte[] whole = Base64.getUrlDecoder().decode(claimed.secret());
        byte[] expected = Arrays.copyOf(mac(claimed.organization(), Arrays.copyOf(whole, HALF)), HALF);
        return MessageDigest.isEqual(expected, Arrays.copyOfRange(whole, HALF, whole.length));
    }

    private byte[] mac(OrganizationId organization, byte[] secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(organization.toString().getBytes(UTF_8));
            return mac.doFinal(secret);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform implements HMAC-SHA-256", e);
        }
    }
}
