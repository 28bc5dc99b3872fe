package dev.nuxari.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import java.util.Arrays;

/**
 * The evidence collection, version 1: JSON Lines, each of them canonical JSON (RFC 8785). The first line says what is collected,
 * with keys and checkpoint; each further one is an entry of the log, none left out, and where it seals a package, the package or
 * what shows that it is about something else. Written by {@link EvidenceCollectionWriter}, read by
 * {@link EvidenceCollectionVerifier}.
 */
public final class EvidenceCollection {
    public static final String MEDIA_TYPE = "application/vnd.nuxari.evidence-collection+jsonl";

    static final int FORMAT = 1;
    static final String KIND = "evidence-collection";
    static final byte LINE_END = '\n';

    /** Room for an entry of the log and a package. */
    static final int LONGEST_LINE = 4 * 1024 * 1024;

    /** Room for a manifest, a checkpoint and a proof. */
    private static final int LONGEST_HEAD = 128 * 1024;

    private EvidenceCollection() {}

    /**
     * Whether a file says that it is one. What does not is not for this verifier; what does and is none is refuted.
     *
     * @param beginning the first bytes of the file, {@link #enough} of them
     */
    public static boolean claims(byte[] beginning) {
        int end = 0;
        while (end < beginning.length && beginning[end] != LINE_END) {
            end++;
        }
        if (end > LONGEST_HEAD) {
            return false;
        }
        try {
            String first = new String(Arrays.copyOf(beginning, end), UTF_8);
            return Json.parseObject(first)
                    .optionalString("kind")
                    .filter(KIND::equals)
                    .isPresent();
        } catch (JsonException _) {
            return false;
        }
    }

    /** So many bytes tell what a file says it is. */
    public static int enough() {
        return LONGEST_HEAD + 1;
    }

    /** Whether this event seals a package; one that was refused or failed has sealed nothing. */
    public static boolean seals(Json.Obj event) {
        return seals(Located.root(event));
    }

    static boolean seals(Located event) {
        return event.string("action").equals(EvidencePackage.SEALING_ACTION)
                && event.string("outcome").equals("succeeded");
    }
}
