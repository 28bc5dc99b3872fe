package dev.nuxari.cli.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.util.Map;
import java.util.Optional;

/** Keeps the session of this person in a file that only they can read. */
public final class Sessions {
    private final Path file;

    public Sessions(Path folder) {
        this.file = folder.resolve("session.json");
    }

    /** The folder the XDG base directory specification gives to this program. */
    public static Path folder(Map<String, String> environment) {
        String configured = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path base = configured.isEmpty()
                ? Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".config")
                : Path.of(configured);
        return base.resolve("nuxari");
    }

    public Path file() {
        return file;
    }

    public Optional<Session> load() {
        try {
            return Optional.of(Session.read(Json.parseObject(Files.readString(file))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new Unreachable("Cannot read " + file + ": " + e.getMessage(), e);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new Unreachable(file + " is damaged. \"nuxari login\" writes a new one.", e);
        }
    }

    /** Replaces the file in one step, so that a reader never sees half a session. */
    public void save(Session session) {
        Path folder = file.toAbsolutePath().getParent();
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path draft = Files.createTempFile(
                    folder,
                    "session",
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(draft, session.written().canonical().getBytes(UTF_8));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Unreachable("Cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** Whether there was a session to forget. */
    public boolean forget() {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new Unreachable("Cannot delete " + file + ": " + e.getMessage(), e);
        }
    }
}
