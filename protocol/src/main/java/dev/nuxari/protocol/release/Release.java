package dev.nuxari.protocol.release;

import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.Located;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A target (TUF, section 4.5): the archive of one version of the agent for one platform.
 *
 * @param platform as in {@code linux-amd64}
 * @param files the SHA-256 of the list of files in the archive, by which a copy that was unpacked can be looked at later
 */
public record Release(ReleaseVersion version, String platform, long length, String sha256, String files) {
    /** The largest archive. */
    public static final long LARGEST = 128L * 1024 * 1024;

    private static final Pattern PATH =
            Pattern.compile("nuxari-agent-([0-9.]{5,17})-([a-z]{1,16}-[a-z0-9]{1,16})\\.tar\\.gz");

    public Release {
        if (length < 1 || length > LARGEST) {
            throw new IllegalArgumentException("no archive is that long: " + length);
        }
    }

    /**
     * What a file name says.
     *
     * @throws IllegalArgumentException if it is not the name of an archive
     */
    public static Release named(String path, long length, String sha256, String files) {
        Matcher name = PATH.matcher(path);
        if (!name.matches()) {
            throw new IllegalArgumentException("not the name of an archive: " + path);
        }
        return new Release(ReleaseVersion.parse(name.group(1)), name.group(2), length, sha256, files);
    }

    static Release parse(String path, Located targets) {
        Located json = targets.object(path);
        json.requireMembers("length", "hashes", "custom");
        Located custom = json.object("custom");
        custom.requireMembers("files");
        try {
            return named(
                    path,
                    CommonMembers.length(json),
                    CommonMembers.sha256(json),
                    CommonMembers.digest(custom, "files"));
        } catch (IllegalArgumentException e) {
            throw targets.refuse(path, String.valueOf(e.getMessage()));
        }
    }

    Json.Obj json() {
        return Json.object(
                "length", length,
                "hashes", Json.object("sha256", sha256),
                "custom", Json.object("files", files));
    }

    /** The name of the target. */
    public String path() {
        return "nuxari-agent-" + version + "-" + platform + ".tar.gz";
    }

    /** The name of the file: consistent snapshots put the hash before it (TUF, section 6.2). */
    public String fileName() {
        return sha256 + "." + path();
    }
}
