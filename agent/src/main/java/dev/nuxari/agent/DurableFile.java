package dev.nuxari.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.kernel.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;

/**
 * A JSON value on disk that is there whole, as it was before or as it is now, whenever the power goes; with its checksum, so that
 * a disk that lies is noticed.
 */
record DurableFile(Path path, String permissions) {
    private static final String SECRET = "rw-------";
    private static final String PUBLIC = "rw-r--r--";

    /** What stands in the file. */
    sealed interface Content {
        /** As it was written. */
        record Read(Json.Obj value) implements Content {}

        /** There is no such file. */
        record Missing() implements Content {}

        /** There is one, and it is not what was written. */
        record Corrupt(String reason) implements Content {}
    }

    static DurableFile secret(Path path) {
        return new DurableFile(path, SECRET);
    }

    static DurableFile forEverybody(Path path) {
        return new DurableFile(path, PUBLIC);
    }

    /** Returns when the value is on disk; if it throws, the former one is there, or this one is. */
    void write(Json.Obj value) throws IOException {
        Path beside = path.resolveSibling(path.getFileName() + ".new");
        Set<PosixFilePermission> bits = PosixFilePermissions.fromString(permissions);
        Files.deleteIfExists(beside);
        Files.createFile(beside, PosixFilePermissions.asFileAttribute(bits));
        try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
            String text = value.canonical();
            ByteBuffer bytes = ByteBuffer.wrap((Sha256.hexOf(text.getBytes(UTF_8)) + "\n" + text).getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.setPosixFilePermissions(beside, bits);
        Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(path.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    Content read() throws IOException {
        if (!Files.exists(path)) {
            return new Content.Missing();
        }
        String all = new String(Files.readAllBytes(path), UTF_8);
        int end = all.indexOf('\n');
        String text = all.substring(end + 1);
        if (end < 0 || !Sha256.hexOf(text.getBytes(UTF_8)).equals(all.substring(0, end))) {
            return new Content.Corrupt("its checksum is wrong");
        }
        try {
            return new Content.Read(Json.parseObject(text));
        } catch (JsonException e) {
            return new Content.Corrupt(String.valueOf(e.getMessage()));
        }
    }

    /** Puts the file aside for whoever wants to know what became of it; says where. */
    Path quarantine(Instant now) throws IOException {
        Path aside = path.resolveSibling(path.getFileName() + ".corrupt-" + now.toEpochMilli());
        return Files.move(path, aside);
    }
}
