package dev.nuxari.server.tenancy;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;

/** HMAC-SHA-256 (RFC 2104) under the door key; the database computes the same in {@code ticket_mac}. */
final class TicketKey {
    private static final int BLOCK = 64;
    private static final int INNER = 0x36;
    private static final int OUTER = 0x5c;

    private final byte[] inner;
    private final byte[] outer;

    TicketKey(byte[] key) {
        if (key.length != 32) {
            throw new IllegalArgumentException("the door key has 32 bytes, not " + key.length);
        }
        inner = padded(key, INNER);
        outer = padded(key, OUTER);
    }

    byte[] inner() {
        return inner.clone();
    }

    byte[] outer() {
        return outer.clone();
    }

    Ticket ticket(Ticket.Door door, OrganizationId organization, String subject, Instant expiresAt) {
        String words = String.join(
                "/",
                door.name().toLowerCase(Locale.ROOT),
                organization.toString(),
                subject,
                Long.toString(expiresAt.toEpochMilli()));
        return new Ticket(door, organization, subject, expiresAt, mac(words));
    }

    /** The right to ask where a person is a member, in hexadecimal. */
    String personMac(String subject, Instant expiresAt) {
        return mac(String.join("/", "person", subject, Long.toString(expiresAt.toEpochMilli())));
    }

    private String mac(String words) {
        return Sha256.hexOf(outer, Sha256.of(inner, words.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] padded(byte[] key, int pad) {
        byte[] block = Arrays.copyOf(key, BLOCK);
        for (int i = 0; i < BLOCK; i++) {
            block[i] ^= (byte) pad;
        }
        return block;
    }
}
