package dev.nuxari.keycloak.password;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;

/**
 * Passwords that are known from breaches. The list has the first eight bytes of the SHA-256 of each, sorted; README.md beside it
 * says where they are from. Upper and lower case count as the same, because whoever tries the list tries both.
 */
final class BreachedPasswords {
    private static final String RESOURCE = "/dev/nuxari/keycloak/password/breached.bin";

    private final long[] sorted;

    private BreachedPasswords(long[] sorted) {
        this.sorted = sorted;
    }

    static BreachedPasswords shipped() {
        try (InputStream resource = BreachedPasswords.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(RESOURCE + " is missing");
            }
            ByteBuffer bytes = ByteBuffer.wrap(resource.readAllBytes());
            long[] prefixes = new long[bytes.remaining() / Long.BYTES];
            bytes.asLongBuffer().get(prefixes);
            // Sorted as bytes are, without signs; a search wants them as numbers are.
            Arrays.sort(prefixes);
            return new BreachedPasswords(prefixes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean contains(String password) {
        String folded = Normalizer.normalize(password, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return Arrays.binarySearch(sorted, prefix(folded)) >= 0;
    }

    private static long prefix(String text) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
