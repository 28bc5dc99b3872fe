package dev.nuxari.protocol.release;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.protocol.Located;
import java.util.Optional;

/** What metadata say of other metadata (TUF, section 4.4): version, and here always length and hash too. */
public record FileMeta(int version, long length, String sha256) {
    /** What is true of these bytes. */
    public static FileMeta of(int version, byte[] bytes) {
        return new FileMeta(version, bytes.length, Sha256.hexOf(bytes));
    }

    static FileMeta parse(Located json) {
        json.requireMembers("version", "length", "hashes");
        return new FileMeta(CommonMembers.version(json), CommonMembers.length(json), CommonMembers.sha256(json));
    }

    Json.Obj json() {
        return Json.object("version", version, "length", length, "hashes", Json.object("sha256", sha256));
    }

    Optional<ReleaseRefusal> objection(byte[] bytes) {
        if (bytes.length != length) {
            return Optional.of(ReleaseRefusal.WRONG_LENGTH);
        }
        return Sha256.hexOf(bytes).equals(sha256) ? Optional.empty() : Optional.of(ReleaseRefusal.WRONG_HASH);
    }
}
