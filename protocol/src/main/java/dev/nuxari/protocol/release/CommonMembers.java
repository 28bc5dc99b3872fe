package dev.nuxari.protocol.release;

import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.Located;
import java.time.Instant;
import java.util.regex.Pattern;

/** The members that several kinds of metadata have, as they are read and written. */
final class CommonMembers {
    private static final String SPECIFICATION = "1.0.33";
    private static final Pattern READ = Pattern.compile("1\\.0(\\.[0-9]{1,3})?");
    private static final int SHA256_LENGTH = 32;
    private static final int TO_THE_SECOND = 20;

    private CommonMembers() {}

    static Json.Obj of(Metadata metadata) {
        return Json.object(
                "_type", metadata.role().spelled(),
                "spec_version", SPECIFICATION,
                "version", metadata.version(),
                "expires", metadata.expires().toString());
    }

    /** Refuses metadata of another role, and those of a specification that nobody here has read. */
    static void require(Located json, ReleaseRole role) {
        if (!json.string("_type").equals(role.spelled())) {
            throw json.refuse("_type", "expected " + role.spelled());
        }
        if (!READ.matcher(json.string("spec_version")).matches()) {
            throw json.refuse("spec_version", "1.0 is read");
        }
    }

    /** What metadata say that speak of one other file and of nothing else. */
    static FileMeta onlyMeta(Located json, ReleaseRole role, String file) {
        require(json, role);
        json.requireMembers("_type", "spec_version", "version", "expires", "meta");
        Located meta = json.object("meta");
        meta.requireMembers(file);
        return FileMeta.parse(meta.object(file));
    }

    static int version(Located json) {
        int version = json.number("version");
        if (version < 1) {
            throw json.refuse("version", "counts from 1");
        }
        return version;
    }

    static long length(Located json) {
        long length = json.integer("length");
        if (length < 1) {
            throw json.refuse("length", "nothing is that long");
        }
        return length;
    }

    static String sha256(Located json) {
        Located hashes = json.object("hashes");
        hashes.requireMembers("sha256");
        return digest(hashes, "sha256");
    }

    static String digest(Located json, String name) {
        return json.read(name, text -> {
            if (ReleaseKey.hex(text).length != SHA256_LENGTH) {
                throw new IllegalArgumentException("not a SHA-256");
            }
            return text;
        });
    }

    /** As the specification writes it: to the second. */
    static Instant expires(Located json) {
        String text = json.string("expires");
        Instant expires = Instant.parse(text);
        if (!expires.toString().equals(text) || text.length() != TO_THE_SECOND) {
            throw json.refuse("expires", "YYYY-MM-DDTHH:MM:SSZ");
        }
        return expires;
    }
}
