package dev.nuxari.agent;

import dev.nuxari.agent.DurableFile.Content.Corrupt;
import dev.nuxari.agent.DurableFile.Content.Missing;
import dev.nuxari.agent.DurableFile.Content.Read;
import dev.nuxari.kernel.Json;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The files of one agent on its host. Nobody else writes here. */
record AgentFolder(Path path) {
    /** Makes the folder where there is none, and keeps everybody else out of it. */
    static AgentFolder at(Path path) throws IOException {
        Files.createDirectories(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        return new AgentFolder(path);
    }

    /** Who this agent is; written last at enrolment, so that whoever has it has the rest. */
    DurableFile identity() {
        return DurableFile.secret(path.resolve("identity"));
    }

    DurableFile key() {
        return DurableFile.secret(path.resolve("key"));
    }

    /** What it remembers. */
    DurableFile state() {
        return DurableFile.secret(path.resolve("state"));
    }

    /** What is wrong with the log, for everybody on the host to read. */
    DurableFile alarm() {
        return DurableFile.forEverybody(path.resolve("alarm.json"));
    }

    DurableFile contact() {
        return DurableFile.secret(path.resolve("contact"));
    }

    /** The key of the host's evidence. */
    DurableFile evidenceKey() {
        return DurableFile.secret(path.resolve("evidence-key"));
    }

    /** Raw material of the host, sealed. It is the host's, and stays when the host is enrolled anew. */
    Path evidence() {
        return path.resolve("evidence");
    }

    /** A posture pack newer than the release's: no secret, and root may have put it there for an agent that is not root. */
    DurableFile posture() {
        return DurableFile.forEverybody(path.resolve("posture"));
    }

    /** Releases of the agent beside its package's: they are the host's, and stay when it is enrolled anew. */
    Path releases() {
        return path.resolve("releases");
    }

    /** What is known of the repository that they come from. */
    DurableFile releaseMemory() {
        return DurableFile.forEverybody(releases().resolve("metadata"));
    }

    /** Up to where the host's journal was read. */
    DurableFile journal() {
        return DurableFile.secret(path.resolve("journal"));
    }

    Path observations() {
        return path.resolve("observations");
    }

    /** Receipts that the server does not take, and will not tomorrow. */
    Path refusedReceipts() {
        return path.resolve("refused-receipts");
    }

    /**
     * Reads one of the files above. One that is not what was written is put aside, and stays away: to go on without it would be to
     * forget.
     *
     * @throws Unusable if it is missing or corrupt
     */
    Json.Obj require(DurableFile file, Instant now) throws IOException {
        return switch (file.read()) {
            case Read(Json.Obj value) -> value;
            case Missing() ->
                throw new Unusable(
                        file.path() + " is missing. Without it the agent does nothing: enrol this host again.");
            case Corrupt(String reason) ->
                throw new Unusable(
                        "%s was corrupt (%s) and is now %s. Without it the agent does nothing: enrol this host again."
                                .formatted(file.path(), reason, file.quarantine(now)));
        };
    }

    /** Keeps a second agent off the folder for as long as it is open; empty if there is one. */
    Optional<FileChannel> lock() throws IOException {
        FileChannel channel =
                FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (isFree(channel)) {
            return Optional.of(channel);
        }
        channel.close();
        return Optional.empty();
    }

    private static boolean isFree(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // held by this process itself
        }
    }

    /** Moves what a former enrolment left into a folder of its own. */
    void retire(Instant now) throws IOException {
        Path former = path.resolve("former-" + now.toEpochMilli());
        Files.createDirectory(former);
        for (DurableFile file : List.of(identity(), key(), state(), alarm(), contact())) {
            if (Files.exists(file.path())) {
                Files.move(file.path(), former.resolve(file.path().getFileName()));
            }
        }
        for (Path folder : List.of(observations(), refusedReceipts())) {
            if (Files.exists(folder)) {
                Files.move(folder, former.resolve(folder.getFileName()));
            }
        }
    }

    /** The agent cannot work with what is in its folder; the message is for a person. */
    static final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }
    }
}
