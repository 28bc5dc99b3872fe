package dev.nuxari.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import java.nio.charset.Charset;
import java.util.List;

/** JSON texts, also such as no UTF-8 can say: what is read is written canonically, and read again as the same. */
public final class FuzzedTexts {
    private static final List<Charset> CHARSETS = List.of(UTF_8, UTF_16BE, ISO_8859_1);

    private FuzzedTexts() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(Demanded.rest(input), CHARSETS.get(Demanded.choice(input, CHARSETS.size())));
        Json read;
        try {
            read = Json.parse(text);
        } catch (JsonException refused) {
            Demanded.that(!refused.reason().isBlank(), "refused without a reason");
            return;
        }
        String canonical = read.canonical();
        Json again = Json.parse(canonical);
        Demanded.that(again.equals(read), "read differently after it was written");
        Demanded.that(again.canonical().equals(canonical), "written differently after it was read");
        Demanded.that(new String(read.canonicalBytes(), UTF_8).equals(canonical), "UTF-8 lost something");
    }
}
