package dev.nuxari.kernel;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/** Identifiers that sort by the time they were made (RFC 9562, section 5.7). */
public final class UuidV7 {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long VARIANT_MASK = 0x3fff_ffff_ffff_ffffL;
    private static final long RANDOM_A_MASK = 0xfffL;

    private UuidV7() {}

    /** A new identifier of that millisecond; the rest of it is random. */
    public static UUID at(Instant when) {
        long high = (when.toEpochMilli() << 16) | VERSION | (RANDOM.nextLong() & RANDOM_A_MASK);
        long low = VARIANT | (RANDOM.nextLong() & VARIANT_MASK);
        return new UUID(high, low);
    }
}
