package dev.nuxari.server.findings;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.transparency.Checkpoint;
import dev.nuxari.transparency.SignedNote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.stereotype.Component;

/**
 * The newest checkpoint of each log, kept where the database's operator does not reach: in this process, and in a folder if
 * one is named. It only ever grows.
 */
@Component
class LogMemory {
    private final LogWatchConfig config;
    private final ConcurrentMap<OrganizationId, Checkpoint> newest = new ConcurrentHashMap<>();

    LogMemory(LogWatchConfig config) {
        this.config = config;
    }

    /**
     * What was remembered last.
     *
     * @throws UncheckedIOException if the file cannot be read
     * @throws IllegalArgumentException if what it holds is no checkpoint
     */
    Optional<Checkpoint> of(OrganizationId organization) {
        Checkpoint known = newest.get(organization);
        return known == null ? read(organization) : Optional.of(known);
    }

    void remember(OrganizationId organization, SignedNote note) {
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        if (of(organization).filter(known -> known.size() >= checkpoint.size()).isEmpty()) {
            write(organization, note);
            newest.put(organization, checkpoint);
        }
    }

    private Optional<Checkpoint> read(OrganizationId organization) {
        if (config.memory() == null) {
            return Optional.empty();
        }
        try {
            SignedNote note = SignedNote.parse(Files.readString(file(config.memory(), organization), UTF_8));
            return Optional.of(Checkpoint.parse(note.text()));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file is there with its old content or with its new one, whatever happens meanwhile. */
    private void write(OrganizationId organization, SignedNote note) {
        if (config.memory() == null) {
            return;
        }
        try {
            Files.createDirectories(config.memory());
            Path fresh = Files.createTempFile(config.memory(), "checkpoint", ".new");
            Files.writeString(fresh, note.encoded(), UTF_8);
            Files.move(fresh, file(config.memory(), organization), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(Path folder, OrganizationId organization) {
        return folder.resolve(organization + ".checkpoint");
    }
}
