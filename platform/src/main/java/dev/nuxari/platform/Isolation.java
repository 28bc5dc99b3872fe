package dev.nuxari.platform;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How PostgreSQL, which refuses to run as root, is kept from being root. */
public enum Isolation {
    /** We are not root. */
    NONE,
    /** A user namespace without a mapping: the process is nobody for itself, and still us for the file system. */
    NAMESPACE,
    /** Where user namespaces are forbidden (many containers): really another user, who must be let at the files. */
    OTHER_USER;

    /** The user and group number of {@code nobody}, which exists on every Linux. */
    static final String NOBODY = "65534";

    /** What works here. */
    public static Isolation detect() {
        return Detected.VALUE;
    }

    /** The words to put before a command. */
    List<String> prefix() {
        return switch (this) {
            case NONE -> List.of();
            case NAMESPACE -> List.of("unshare", "-U", "--");
            case OTHER_USER -> List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--");
        };
    }

    /** Gives the files to the user the process runs as. */
    void own(Path path) {
        if (this == OTHER_USER) {
            Command.of("chown", "-R", NOBODY + ":" + NOBODY, path.toString()).run();
        }
    }

    /** Refuses a path that the process's user could not reach, with a message that says so. */
    void checkReachable(Path path) {
        if (this != OTHER_USER) {
            return;
        }
        Path existing = nearestExisting(path.toAbsolutePath());
        if (!Command.of(prefix(), "test", "-x", existing.toString()).succeeds()) {
            throw new PlatformFailure("PostgreSQL cannot run as root, and user " + NOBODY + " cannot reach " + existing
                    + "; choose a directory outside it with --data (and NUXARI_CACHE)");
        }
    }

    private static Path nearestExisting(Path path) {
        Path parent = path.getParent();
        return Files.exists(path) || parent == null ? path : nearestExisting(parent);
    }

    private static final class Detected {
        static final Isolation VALUE = detectNow();

        private static Isolation detectNow() {
            if (!"root".equals(System.getProperty("user.name"))) {
                return NONE;
            }
            return Command.of("unshare", "-U", "--", "true").succeeds() ? NAMESPACE : OTHER_USER;
        }
    }
}
