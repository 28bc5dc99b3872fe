package dev.nuxari.cli;

import dev.nuxari.cli.api.Unreachable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that somebody names on the command line. */
final class LocalFile {
    private static final int MEBIBYTE = 1024 * 1024;

    private LocalFile() {}

    /** All of it, if it is not larger than anything this program writes, and does not fill its memory. */
    static byte[] read(Path file) {
        return read(file, most(4));
    }

    /** The same for a file that is taken apart in memory, where it becomes many times as large. */
    static byte[] readAsJson(Path file) {
        return read(file, most(16));
    }

    /** How large a file may be that needs so many times its size. */
    static int most(int times) {
        return (int) Math.min(64L * MEBIBYTE, Runtime.getRuntime().maxMemory() / times);
    }

    private static byte[] read(Path file, int most) {
        try (InputStream stream = Files.newInputStream(file)) {
            return rest(file, stream, most);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** What has not been read of it yet. A pipe or a device does not say how long it is, and may have no end. */
    static byte[] rest(Path file, InputStream stream, int most) throws IOException {
        if (Files.size(file) > most) {
            throw tooLarge(file, most);
        }
        byte[] bytes = stream.readNBytes(most + 1);
        if (bytes.length > most) {
            throw tooLarge(file, most);
        }
        return bytes;
    }

    static Usage unreadable(Path file, IOException e) {
        return new Usage("Cannot read " + file + ": " + reason(e) + ".");
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "there is no such file";
            case AccessDeniedException _ -> "you may not read it";
            default -> "it is no file that can be read";
        };
    }

    static Usage tooLarge(Path file, int most) {
        return new Usage("%s is larger than a file of this kind may be (%d MiB).".formatted(file, most / MEBIBYTE));
    }

    /** What a file is to hold. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Puts the bytes in the place of the file in one step, so that there is never half a one. */
    static void replace(Path file, byte[] bytes) {
        replace(file, out -> out.write(bytes));
    }

    /** The same for what need not fit into memory. */
    static void replace(Path file, Content content) {
        Path folder = file.toAbsolutePath().getParent();
        try {
            Path draft = Files.createTempFile(folder, file.getFileName().toString(), ".new");
            try (OutputStream out = Files.newOutputStream(draft)) {
                content.writeTo(out);
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new Unreachable("Cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
