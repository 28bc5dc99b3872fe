package dev.nuxari.platform.testing;

import dev.nuxari.platform.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders below {@code target/}, named after the process that uses them, so that those of killed ones can be cleared. */
final class TestDirectories {
    private TestDirectories() {}

    static Path create(String name) {
        Path target = Path.of("target").toAbsolutePath();
        try {
            Files.createDirectories(target);
            clearLeftovers(target, name);
            return Files.createDirectories(
                    target.resolve(name + "-" + ProcessHandle.current().pid()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void clearLeftovers(Path target, String name) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(target, name + "-*")) {
            for (Path folder : folders) {
                String pid = folder.getFileName().toString().substring(name.length() + 1);
                if (pid.matches("\\d{1,9}")
                        && ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
                    delete(folder);
                }
            }
        }
    }

    /** Deletes as much as can be deleted: it is only tidiness, and somebody else may be tidying too. */
    static void delete(Path tree) {
        try {
            Folders.delete(tree);
        } catch (IOException _) {
            return;
        }
    }
}
