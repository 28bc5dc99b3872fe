package dev.nuxari.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A log with a copy of it in a folder, in which what never changes is looked for first. A {@link LogVerifier} reads every
 * entry and every tile, so that what it has verified through this is then in the folder whole, and the next time only what
 * is new comes from the log.
 */
public final class LogCopy implements LogSource {
    private static final String PARTIAL = ".p";

    private final LogSource log;
    private final LogSource copy;
    private final Path folder;
    private final Set<String> read = ConcurrentHashMap.newKeySet();
    private final Set<String> added = ConcurrentHashMap.newKeySet();
    private volatile Optional<byte[]> keys = Optional.empty();

    /**
     * A copy that begins empty, or goes on.
     *
     * @param folder need not be there
     */
    public LogCopy(LogSource log, Path folder) {
        this.log = log;
        this.copy = LogSource.of(folder);
        this.folder = folder;
    }

    /** The checkpoint and the newest keys are the log's; all else is the copy's, if it has it, and put into the copy. */
    @Override
    public Optional<byte[]> read(String path) throws IOException {
        if (path.equals(CHECKPOINT)) {
            return log.read(path);
        }
        if (path.equals(KEYS)) {
            keys = log.read(path);
            return keys;
        }
        Optional<byte[]> kept = copy.read(path);
        Optional<byte[]> found = kept.isPresent() ? kept : log.read(path);
        if (kept.isEmpty() && found.isPresent()) {
            write(path, found.get());
            added.add(path);
        }
        if (isPartial(path)) {
            read.add(path);
        }
        return found;
    }

    /** Whether a resource that was read had been in the copy before. */
    public boolean had(String path) {
        return !added.contains(path) && Files.exists(folder.resolve(path));
    }

    /** The checkpoint under which the copy was verified the last time. */
    public Optional<SignedNote> checkpoint() throws IOException {
        return copy.read(CHECKPOINT).map(bytes -> SignedNote.parse(new String(bytes, UTF_8)));
    }

    /** What was read is verified: from now on the copy stands under this checkpoint. Pieces at the old right edge go. */
    public void complete(SignedNote checkpoint) throws IOException {
        if (keys.isPresent()) {
            write(KEYS, keys.get());
        }
        write(CHECKPOINT, checkpoint.encoded().getBytes(UTF_8));
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String path = folder.relativize(file).toString().replace('\\', '/');
                if (isPartial(path) && !read.contains(path)) {
                    Files.delete(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                if (directory.toString().endsWith(PARTIAL) && isEmpty(directory)) {
                    Files.delete(directory);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** What was read is refuted: nothing of it stays. */
    public void discard() throws IOException {
        for (String path : added) {
            Files.deleteIfExists(folder.resolve(path));
        }
        added.clear();
    }

    /** Puts a resource into the copy in one step. */
    public void write(String path, byte[] bytes) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Path draft = Files.createTempFile(file.getParent(), ".", ".new");
        Files.write(draft, bytes);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean isPartial(String path) {
        return path.contains(PARTIAL + "/");
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }
}
