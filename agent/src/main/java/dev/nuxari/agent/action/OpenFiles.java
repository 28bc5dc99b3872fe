package dev.nuxari.agent.action;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files that this process has open, as the kernel shows them. Where a person may write, a name means another file a moment later; what is
 * open stays what it is.
 */
final class OpenFiles {
    private static final Path OWN = Path.of("/proc/self/fd");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MARK_BYTES = 32;

    private OpenFiles() {}

    /** Whether a file that was looked at by its name is one that is open now. */
    static boolean have(Object key) throws IOException {
        for (Path open : all()) {
            if (isPlain(open, attributes -> key.equals(attributes.fileKey()))) {
                return true;
            }
        }
        return false;
    }

    /**
     * The address of a new and empty file under which nobody can put another one. It is found by what is written into it, and is empty
     * again.
     *
     * @param channel reads and writes
     */
    static Path address(FileChannel channel) throws IOException {
        byte[] mark = new byte[MARK_BYTES];
        RANDOM.nextBytes(mark);
        channel.write(ByteBuffer.wrap(mark), 0);
        try {
            for (Path open : all()) {
                if (isPlain(open, attributes -> attributes.size() == MARK_BYTES)
                        && Arrays.equals(Files.readAllBytes(open), mark)) {
                    return open;
                }
            }
        } finally {
            channel.truncate(0);
        }
        throw new IOException("the kernel does not show what is open");
    }

    private static List<Path> all() throws IOException {
        try (Stream<Path> open = Files.list(OWN)) {
            return new ArrayList<>(open.toList());
        }
    }

    private interface Test {
        boolean holds(BasicFileAttributes attributes);
    }

    /** What was closed meanwhile is none; sockets and pipes are not touched. */
    private static boolean isPlain(Path open, Test test) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(open, BasicFileAttributes.class);
            return attributes.isRegularFile() && test.holds(attributes);
        } catch (IOException e) {
            return false;
        }
    }
}
