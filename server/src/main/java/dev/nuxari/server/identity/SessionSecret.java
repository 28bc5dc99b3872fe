package dev.nuxari.server.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Sha256;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a browser holds to prove its session: {@code nxc_<organization>_<secret>}. The organization stands there in clear, so
 * that even the look-up is a query of one organization; the database has only the hash. {@link SessionSecrets} makes them.
 */
record SessionSecret(OrganizationId organization, String secret) {
    String cookie() {
        return "nxc_" + organization + "_" + secret;
    }

    String hash() {
        return Sha256.hexOf(secret.getBytes(US_ASCII));
    }

    /** What a request that changes something has to carry beside the cookie; a foreign page cannot know it. */
    String csrfToken() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(US_ASCII), "HmacSHA256"));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal("csrf".getBytes(US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform implements HMAC-SHA-256", e);
        }
    }

    boolean hasCsrfToken(String sent) {
        return MessageDigest.isEqual(csrfToken().getBytes(US_ASCII), sent.getBytes(US_ASCII));
    }

    @Override
    public String toString() {
        return "SessionSecret[" + organization + ", ***]";
    }
}
