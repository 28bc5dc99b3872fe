package dev.nuxari.server.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Page;
import dev.nuxari.kernel.Sha256;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A page on the wire. The cursor is opaque: callers hand it back and read nothing into it. */
public record PageView<T>(List<T> items, @Nullable String nextCursor) {
    private static final byte[] LABEL = "nuxari cursor v1".getBytes(UTF_8);
    private static final int CHECKSUM = 8;

    public PageView {
        items = List.copyOf(items);
    }

    public static <T> PageView<T> of(Page<T> page) {
        return new PageView<>(
                page.items(), page.nextCursor().map(PageView::seal).orElse(null));
    }

    public static <T, R> PageView<R> of(Page<T> page, Function<? super T, ? extends R> view) {
        return of(page.map(view));
    }

    /** The checksum keeps away what was never a cursor; it is no secret, because a cursor opens nothing. */
    static String seal(String key) {
        byte[] text = key.getBytes(UTF_8);
        byte[] cursor = Arrays.copyOf(checksum(text), CHECKSUM + text.length);
        System.arraycopy(text, 0, cursor, CHECKSUM, text.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor);
    }

    static String open(String cursor) {
        byte[] bytes = decoded(cursor);
        byte[] text = Arrays.copyOfRange(bytes, Math.min(CHECKSUM, bytes.length), bytes.length);
        if (text.length == 0 || !Arrays.equals(bytes, 0, CHECKSUM, checksum(text), 0, CHECKSUM)) {
            throw unknown();
        }
        return new String(text, UTF_8);
    }

    private static byte[] decoded(String cursor) {
        try {
            return Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException _) {
            throw unknown();
        }
    }

    private static byte[] checksum(byte[] text) {
        return Arrays.copyOf(Sha256.of(LABEL, text), CHECKSUM);
    }

    private static InvalidField unknown() {
        return new InvalidField("cursor", "is no cursor of this list");
    }
}
