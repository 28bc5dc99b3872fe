package dev.nuxari.transparency;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Where a log of tiles is read from (C2SP tlog-tiles): a server, or a folder with the same paths. */
@FunctionalInterface
public interface LogSource {
    /** The resource with the newest checkpoint. */
    String CHECKPOINT = "checkpoint";

    /** The resource with the newest key manifest, where the log has one. */
    String KEYS = "keys";

    /** Of a full bundle of the longest entries. Whoever reads over a network stops there. */
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
                if (Files.size(file) > LARGEST_RESOURCE) {
                    throw new IOException(file + " is larger than any part of a log");
                }
                return Optional.of(Files.readAllBytes(file));
            } catch (NoSuchFileException _) {
                return Optional.empty();
            }
        };
    }
}
