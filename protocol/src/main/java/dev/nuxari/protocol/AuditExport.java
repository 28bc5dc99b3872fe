package dev.nuxari.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import java.util.Arrays;

/**
 * The audit export, version 1: JSON Lines, each of them canonical JSON (RFC 8785). The first line says what the file is, with
 * keys and checkpoint; each further one is an event with what proves that it is in the log; the last one counts and signs.
 * Written by {@link AuditExportWriter}, read by {@link AuditExportVerifier}.
 */
public final class AuditExport {
    public static final String MEDIA_TYPE = "application/vnd.nuxari.audit-export+jsonl";

    static final int FORMAT = 1;
    static final String KIND = "audit-export";
    static final String SIGNATURE = "signature";
    static final byte LINE_END = '\n';

    /** An entry of the log holds 64 KiB, a manifest less; the rest is room for the proof. */
    static final int LONGEST_LINE = 128 * 1024;

    private AuditExport() {}

    /** Whether a file says that it is one. What does not is not for this verifier; what does and is none is refuted. */
    public static boolean claims(byte[] file) {
        int end = 0;
        while (end < file.length && file[end] != LINE_END) {
            end++;
        }
        if (end > LONGEST_LINE) {
            return false;
        }
        try {
            String first = new String(Arrays.copyOf(file, end), UTF_8);
            return Json.parseObject(first)
                    .optionalString("kind")
                    .filter(KIND::equals)
                    .isPresent();
        } catch (JsonException _) {
            return false;
        }
    }

    /** What the log key signs: how many events there are, and the digest of everything before the last line. */
    static byte[] signedBytes(Json.Obj last) {
        return Dsse.preAuthenticationEncoding(
                MEDIA_TYPE, last.without(SIGNATURE).canonicalBytes());
    }
}
