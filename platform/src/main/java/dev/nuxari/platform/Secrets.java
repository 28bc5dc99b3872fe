package dev.nuxari.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** A folder of random secrets, one file each, readable by their owner only. */
public final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path directory;

    public Secrets(Path directory) {
        this.directory = directory;
    }

    /** The file of a secret. */
    public Path file(String name) {
        return directory.resolve(name);
    }

    boolean exists(String name) {
        return Files.exists(file(name));
    }

    /** A password of 192 random bits, made when first asked for. */
    public String password(String name) {
        return readOrCreate(name + ".password", Base64.getUrlEncoder().withoutPadding(), 24);
    }

    boolean hasPassword(String name) {
        return exists(name + ".password");
    }

    /** 256 random bits in base64, made when first asked for. */
    public String key(String name) {
        return readOrCreate(name + ".key", Base64.getEncoder(), 32);
    }

    private synchronized String readOrCreate(String name, Base64.Encoder encoder, int bytes) {
        Path file = file(name);
        try {
            if (Files.exists(file)) {
                return Files.readString(file).strip();
            }
            byte[] random = new byte[bytes];
            RANDOM.nextBytes(random);
            String secret = encoder.encodeToString(random);
            write(file, secret);
            return secret;
        } catch (IOException e) {
            throw PlatformFailure.of("keep the secret " + file, e);
        }
    }

    /** Writes a private file so that it is never seen half written, nor for a moment readable by others. */
    static void write(Path file, String content) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (!Files.exists(parent)) {
            Files.createDirectories(parent);
            Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx------"));
        }
        Path temporary = Files.createTempFile(
                parent,
                "." + file.getFileName(),
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(temporary, content);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
