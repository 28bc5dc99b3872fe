package dev.nuxari.server.federation;

import dev.nuxari.kernel.Sha256;
import java.io.ByteArrayInputStream;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;

/**
 * A certificate of a key that a SAML provider signs with. It is trusted because it was set up, not because somebody signed it;
 * its end is only a date to remember.
 *
 * @param der Base64 of the certificate, without line breaks
 */
record Certificate(String der, Instant notBefore, Instant notAfter, boolean strong) {
    private static final int LEAST_RSA_BITS = 2048;
    private static final int LEAST_EC_BITS = 256;
    private static final int LONGEST = 20_000;

    /**
     * Reads Base64 or PEM.
     *
     * @throws IllegalArgumentException if it is no X.509 certificate
     */
    static Certificate parse(String text) {
        String base64 = text.replaceAll("-----[A-Z ]{1,30}-----", "").replaceAll("\\s", "");
        if (base64.length() > LONGEST) {
            throw new IllegalArgumentException("is too long for a certificate");
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            X509Certificate read = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
            return new Certificate(
                    Base64.getEncoder().encodeToString(read.getEncoded()),
                    read.getNotBefore().toInstant(),
                    read.getNotAfter().toInstant(),
                    isStrong(read.getPublicKey()));
        } catch (CertificateException e) {
            throw new IllegalArgumentException("is no X.509 certificate", e);
        }
    }

    private static boolean isStrong(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> rsa.getModulus().bitLength() >= LEAST_RSA_BITS;
            case ECPublicKey ec -> ec.getParams().getOrder().bitLength() >= LEAST_EC_BITS;
            default -> false;
        };
    }

    /** The SHA-256 of the certificate, as tools show it. */
    String fingerprint() {
        return Sha256.hexOf(Base64.getDecoder().decode(der));
    }

    boolean isValid(Instant now) {
        return !now.isBefore(notBefore) && now.isBefore(notAfter);
    }
}
