package dev.nuxari.transparency;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Optional;

/** Where a log of tiles is read from (C2SP tlog-tiles): a server, or a folder with the same paths. */
@FunctionalInterface
public interface LogSource {
    /** The resource with the newest checkpoint. */
    String CHECKPOINT = "checkpoint";

    /** The resource with the newest key manifest, where the log has one. */
    String KEYS = "keys";

    /**
     * Of a full bundle of the longest entries. What is longer is no part of a log: a source need not
     * read on.
     */
    int LARGEST_RESOURCE = Tile.FULL * (2 + 0xFFFF);

    /**
     * One resource of the log, such as {@code checkpoint} or {@code tile/0/000}; empty if there is none. Asked by several
     * threads at once.
     *
     * @throws IOException if it cannot be told whether there is one
     */
    Optional<byte[]> read(String path) throws IOException;

    /** A copy of a log on this machine. */
    static LogSource of(Path folder) {
        return path -> {
            Path file = folder.resolve(path);
            try {
                if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
                    throw new IOException(file + " is no file");
                }
                byte[] bytes = new byte[(int) Math.min(Files.size(file), LARGEST_RESOURCE + 1L)];
                try (InputStream stream = Files.newInputStream(file)) {
                    int read = stream.readNBytes(bytes, 0, bytes.length);
                    return Optional.of(read == bytes.length ? bytes : Arrays.copyOf(bytes, read));
                }
            } catch (NoSuchFileException _) {
                return Optional.empty();
            }
        };
    }
}
