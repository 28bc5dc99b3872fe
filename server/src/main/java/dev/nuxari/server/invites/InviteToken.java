package dev.nuxari.server.invites;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Sha256;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What opens an invitation: {@code nxi_<organization>_<secret>}, 256 random bits. The organization stands there in clear, so
 * that even the look-up is a query of one organization; the database has only the hash of the secret.
 */
record InviteToken(OrganizationId organization, String secret) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET_BYTES = 32;
    private static final Pattern FORM =
            Pattern.compile("nxi_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})_([A-Za-z0-9_-]{43})");

    static InviteToken random(OrganizationId organization) {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return new InviteToken(
                organization, Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /** Empty if it has not the form of one. */
    static Optional<InviteToken> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new InviteToken(OrganizationId.parse(form.group(1)), form.group(2)))
                : Optional.empty();
    }

    String text() {
        return "nxi_" + organization + "_" + secret;
    }

    String hash() {
        return Sha256.hexOf(secret.getBytes(US_ASCII));
    }

    @Override
    public String toString() {
        return "InviteToken[" + organization + ", ***]";
    }
}
