package dev.nuxari.agent.action;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;

/**
 * The folder under which a host's files are: that of the machine itself, or a copy of one. Whoever wants a file of it walks down
 * by open folders, so that no link on the way, put there before or meanwhile, leads to somewhere else.
 */
public record HostRoot(Path path) {
    private static final Path SLASH = Path.of("/");

    /** The machine that the agent runs on. */
    public static final HostRoot THIS = new HostRoot(SLASH);

    /** What is done in a folder that was reached. */
    public interface Use<T> {
        T of(SecureDirectoryStream<Path> folder, Path name) throws IOException;
    }

    public boolean isThisMachine() {
        return path.equals(SLASH);
    }

    /** Where a file of the host is. Only for files in folders that none but root can write. */
    public Path resolve(String absolute) {
        return path.resolve(SLASH.relativize(Path.of(absolute)));
    }

    /** Goes to the folder in which the file is, or would be. */
    public <T> T at(String absolute, Use<T> use) throws IOException {
        Path rest = SLASH.relativize(Path.of(absolute));
        try (DirectoryStream<Path> root = Files.newDirectoryStream(path)) {
            if (!(root instanceof SecureDirectoryStream<Path> secure)) {
                throw new IOException("this host has no safe way to walk its folders");
            }
            return below(secure, rest, use);
        }
    }

    /** The same, and not for ever: see {@link Patience}. */
    <T> T patiently(String absolute, Use<T> use) throws IOException {
        return Patience.with(() -> at(absolute, use));
    }

    private static <T> T below(SecureDirectoryStream<Path> folder, Path rest, Use<T> use) throws IOException {
        if (rest.getNameCount() == 1) {
            return use.of(folder, rest);
        }
        try (SecureDirectoryStream<Path> next = folder.newDirectoryStream(rest.getName(0), LinkOption.NOFOLLOW_LINKS)) {
            return below(next, rest.subpath(1, rest.getNameCount()), use);
        }
    }
}
