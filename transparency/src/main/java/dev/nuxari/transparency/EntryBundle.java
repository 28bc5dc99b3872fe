package dev.nuxari.transparency;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The entries of one {@link Tile.Entries} as they are served (C2SP tlog-tiles, "Log Entries"): each after two bytes with its
 * length, the higher first.
 */
public record EntryBundle(List<byte[]> entries) {
    private static final int LENGTH_BYTES = 2;
    private static final int LONGEST = 0xFFFF;

    public EntryBundle {
        if (entries.stream().anyMatch(entry -> entry.length > LONGEST)) {
            throw new IllegalArgumentException("an entry has at most %d bytes".formatted(LONGEST));
        }
        entries = List.copyOf(entries);
    }

    /**
     * Reads a bundle to its last byte.
     *
     * @throws IllegalArgumentException if these are not the bytes of whole entries
     */
    public static EntryBundle parse(byte[] bytes) {
        List<byte[]> entries = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            int begin = at + LENGTH_BYTES;
            int end = begin > bytes.length
                    ? Integer.MAX_VALUE
                    : begin + (Byte.toUnsignedInt(bytes[at]) << Byte.SIZE | Byte.toUnsignedInt(bytes[at + 1]));
            if (end > bytes.length) {
                throw new IllegalArgumentException("entry %d of the bundle ends after it".formatted(entries.size()));
            }
            entries.add(Arrays.copyOfRange(bytes, begin, end));
            at = end;
        }
        return new EntryBundle(entries);
    }

    /** The bytes that {@link #parse} reads. */
    public byte[] encoded() {
        var bytes = new ByteArrayOutputStream();
        for (byte[] entry : entries) {
            bytes.write(entry.length >> Byte.SIZE);
            bytes.write(entry.length);
            bytes.writeBytes(entry);
        }
        return bytes.toByteArray();
    }
}
