package dev.nuxari.server.leaks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Searches sinks for canaries, and keeps what was found where. */
final class Leaks {
    private static final int PIECE = 1 << 20;

    private final Needles needles;
    private final Set<String> secrets = new TreeSet<>();
    private final Set<String> words = new TreeSet<>();
    private long searched;

    Leaks(Needles needles) {
        this.needles = needles;
    }

    void search(String sink, String text) {
        needles.in(text).forEach(found -> note(sink, found));
        searched += text.length();
    }

    void search(String sink, byte[] bytes) {
        needles.in(bytes).forEach(found -> note(sink, found));
        searched += bytes.length;
    }

    /** Files that vanish meanwhile have nothing in them. */
    void search(String sink, Path file) {
        try (InputStream input = Files.newInputStream(file)) {
            byte[] buffer = new byte[PIECE + Needles.LONGEST];
            int kept = 0;
            int read = input.readNBytes(buffer, 0, PIECE);
            while (read > 0) {
                needles.in(buffer, kept + read).forEach(found -> note(sink, found));
                searched += read;
                int length = kept + read;
                kept = Math.min(Needles.LONGEST, length);
                System.arraycopy(buffer, length - kept, buffer, 0, kept);
                read = input.readNBytes(buffer, kept, PIECE);
            }
        } catch (NoSuchFileException _) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void note(String sink, Needles.Found found) {
        if (found.canary().isSecret()) {
            secrets.add(sink + ": " + found.canary() + ", " + found.spelling());
        } else {
            words.add(sink);
        }
    }

    /** Every secret that was found, with where. */
    List<String> secrets() {
        return List.copyOf(secrets);
    }

    /** The sinks in which an ordinary word was found, that was pushed in beside the secrets. */
    Set<String> reached() {
        return Set.copyOf(words);
    }

    long searched() {
        return searched;
    }
}
