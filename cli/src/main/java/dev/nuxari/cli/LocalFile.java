package dev.nuxari.cli;

import dev.nuxari.cli.api.Unreachable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that somebody names on the command line. */
final class LocalFile {
    private static final long LARGEST = 64L * 1024 * 1024;

    private LocalFile() {}

    /** All of it, if it is not larger than anything this program writes. */
    static byte[] read(Path file) {
        try {
            if (Files.isRegularFile(file) && Files.size(file) > LARGEST) {
                throw new Usage(file + " is larger than any file of this kind (64 MiB).");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new Usage("Cannot read " + file + ": " + e.getClass().getSimpleName());
        }
    }

    /** Puts the bytes in the place of the file in one step, so that there is never half a one. */
    static void replace(Path file, byte[] bytes) {
        Path folder = file.toAbsolutePath().getParent();
        try {
            Path draft = Files.createTempFile(folder, file.getFileName().toString(), ".new");
            Files.write(draft, bytes);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Unreachable("Cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
