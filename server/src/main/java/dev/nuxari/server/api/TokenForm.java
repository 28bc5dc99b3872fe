package dev.nuxari.server.api;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.nuxari.kernel.OrganizationId;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * How a kind of token is spelled: {@code <kind>_<organization>_<secret>_<checksum>}. The organization stands there in clear, so that
 * even the look-up is a query of one organization; the database has only the hash of the whole. The checksum lets scanners for
 * secrets tell a token from noise, and proves nothing.
 */
public final class TokenForm {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String BASE_32 = "abcdefghijklmnopqrstuvwxyz234567";
    private static final String BASE_62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int SECRET_BYTES = 32;
    private static final int ORGANIZATION_LENGTH = 26;
    private static final int SECRET_LENGTH = 43;
    private static final int CHECKSUM_LENGTH = 6;

    private final String kind;
    private final Pattern form;

    /**
     * The form of one kind.
     *
     * @param kind three letters by which scanners know it
     */
    public TokenForm(String kind) {
        this.kind = kind;
        this.form = Pattern.compile("(%s_([a-z2-7]{%d})_[0-9A-Za-z]{%d})_([0-9A-Za-z]{%d})"
                .formatted(kind, ORGANIZATION_LENGTH, SECRET_LENGTH, CHECKSUM_LENGTH));
    }

    /** One that nobody has seen, with 256 random bits. */
    public String random(OrganizationId organization) {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        String body = kind + "_" + spelled(bits(organization), BASE_32, ORGANIZATION_LENGTH) + "_"
                + spelled(new BigInteger(1, secret), BASE_62, SECRET_LENGTH);
        return body + "_" + checksum(body);
    }

    /** The organization that a token names; empty if it is none of this kind, whoever may have made it. */
    public Optional<OrganizationId> organizationOf(String token) {
        Matcher parts = form.matcher(token);
        return parts.matches() && checksum(parts.group(1)).equals(parts.group(3))
                ? organization(parts.group(2))
                : Optional.empty();
    }

    private static String checksum(String body) {
        CRC32 checksum = new CRC32();
        checksum.update(body.getBytes(US_ASCII));
        return spelled(BigInteger.valueOf(checksum.getValue()), BASE_62, CHECKSUM_LENGTH);
    }

    /** RFC 4648, section 6, in lower case and without padding: the 128 bits, and two zeros behind them. */
    private static BigInteger bits(OrganizationId organization) {
        UUID id = organization.value();
        byte[] bytes = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        return new BigInteger(1, bytes).shiftLeft(2);
    }

    private static Optional<OrganizationId> organization(String spelled) {
        BigInteger bits = BigInteger.ZERO;
        for (int i = 0; i < spelled.length(); i++) {
            bits = bits.shiftLeft(5).add(BigInteger.valueOf(BASE_32.indexOf(spelled.charAt(i))));
        }
        BigInteger id = bits.shiftRight(2);
        var organization = new OrganizationId(new UUID(id.shiftRight(Long.SIZE).longValue(), id.longValue()));
        return bits(organization).equals(bits) ? Optional.of(organization) : Optional.empty();
    }

    private static String spelled(BigInteger number, String digits, int length) {
        BigInteger base = BigInteger.valueOf(digits.length());
        StringBuilder spelled = new StringBuilder();
        BigInteger rest = number;
        while (spelled.length() < length) {
            BigInteger[] parts = rest.divideAndRemainder(base);
            spelled.append(digits.charAt(parts[1].intValue()));
            rest = parts[0];
        }
        return spelled.reverse().toString();
    }
}
