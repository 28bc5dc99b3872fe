package dev.nuxari.server.leaks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds canaries in bytes, however they are spelled: as they are, in lower case, in Base64 of either alphabet wherever in the
 * encoded text they begin, in hexadecimal, escaped for an address or for JSON. All of them in one pass.
 */
final class Needles {
    static final int LONGEST = 512;
    private static final int WINDOW = 8;
    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final int FILTER_BITS = 22;

    private final Map<Long, Set<Needle>> byWindow = new HashMap<>();
    /** Most windows are in no needle; this says so at once. */
    private final long[] filter = new long[1 << (FILTER_BITS - 6)];

    private record Needle(String spelled, Canary canary, String spelling) {}

    /** What was found, and how it was spelled. */
    record Found(Canary canary, String spelling) {}

    Needles(Collection<Canary> canaries) {
        for (Canary canary : canaries) {
            canary.cores()
                    .forEach(core ->
                            spellings(core).forEach((spelled, spelling) -> add(new Needle(spelled, canary, spelling))));
        }
    }

    private static Map<String, String> spellings(String core) {
        Map<String, String> all = new HashMap<>();
        byte[] bytes = core.getBytes(UTF_8);
        all.put(core.replace("/", "\\/"), "escaped");
        all.put(core.replace("+", "\\u002b").replace("/", "\\u002f"), "escaped");
        all.put(URLEncoder.encode(core, UTF_8), "address");
        all.put(URLEncoder.encode(core, UTF_8).toLowerCase(Locale.ROOT), "address");
        all.put(HexFormat.of().formatHex(bytes), "hexadecimal");
        all.put(HexFormat.of().withUpperCase().formatHex(bytes), "hexadecimal");
        for (int shift = 0; shift < 3; shift++) {
            all.put(inside(Base64.getEncoder(), bytes, shift), "Base64");
            all.put(inside(Base64.getUrlEncoder(), bytes, shift), "Base64");
        }
        all.put(core.toLowerCase(Locale.ROOT), "lower case");
        all.put(core, "as it is");
        return all;
    }

    /** What is sure to stand in the Base64 of a text in which these bytes begin so many bytes after a multiple of three. */
    private static String inside(Base64.Encoder encoder, byte[] bytes, int shift) {
        byte[] shifted = new byte[shift + bytes.length];
        System.arraycopy(bytes, 0, shifted, shift, bytes.length);
        int from = shift == 0 ? 0 : shift + 1;
        int to = shifted.length * 8 / 6;
        return encoder.withoutPadding().encodeToString(shifted).substring(from, to);
    }

    private void add(Needle needle) {
        byte[] bytes = needle.spelled().getBytes(UTF_8);
        if (bytes.length < WINDOW || bytes.length > LONGEST) {
            throw new IllegalArgumentException(needle.canary() + " is too short or too long to be searched for");
        }
        long window = 0;
        for (int i = 0; i < WINDOW; i++) {
            window = (window << 8) | (bytes[i] & 0xff);
        }
        byWindow.computeIfAbsent(window, _ -> new HashSet<>()).add(needle);
        int bit = bit(window);
        filter[bit >> 6] |= 1L << bit;
    }

    private static int bit(long window) {
        return (int) ((window * MIX) >>> (64 - FILTER_BITS));
    }

    Set<Found> in(String text) {
        return in(text.getBytes(UTF_8));
    }

    Set<Found> in(byte[] bytes) {
        return in(bytes, bytes.length);
    }

    Set<Found> in(byte[] bytes, int length) {
        Set<Found> found = new HashSet<>();
        long window = 0;
        for (int i = 0; i < length; i++) {
            window = (window << 8) | (bytes[i] & 0xff);
            int bit = bit(window);
            if ((filter[bit >> 6] & (1L << bit)) != 0 && i >= WINDOW - 1) {
                compare(bytes, length, i - WINDOW + 1, byWindow.getOrDefault(window, Set.of()), found);
            }
        }
        return found;
    }

    private static void compare(byte[] bytes, int length, int start, Set<Needle> candidates, Set<Found> found) {
        for (Needle needle : candidates) {
            byte[] spelled = needle.spelled().getBytes(UTF_8);
            int end = start + spelled.length;
            if (end <= length && Arrays.equals(bytes, start, end, spelled, 0, spelled.length)) {
                found.add(new Found(needle.canary(), needle.spelling()));
            }
        }
    }
}
