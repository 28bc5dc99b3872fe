package dev.nuxari.agent.evidence;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.kernel.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * What was read on the host, one sealed file for each look whose content differs from those before. A file is there whole or not at
 * all. The oldest go when they are too old, too many, or the disk is needed.
 */
public final class EvidenceVault {
    private static final String MAGIC = "NXEV1\n";
    private static final int LONGEST_HEAD = 1_024;

    private final Path folder;
    private final EvidenceKey key;
    private final Limits limits;
    private final boolean keeps;

    /**
     * How much is kept.
     *
     * @param age since it was last seen so
     * @param bytes of all files together
     * @param free what is left of the disk to others
     */
    public record Limits(Duration age, long bytes, long free) {
        public static final Limits USUAL = new Limits(Duration.ofDays(90), 256L << 20, 256L << 20);
    }

    /** What became of one look's raw material. */
    public record Kept(String digest, int files, long bytes, boolean kept) {}

    /** A sealed file: when its content was first and last what the host had. */
    public record Entry(String digest, String source, Instant first, Instant last, long bytes) {}

    /** What is under a digest. */
    public sealed interface Opened {
        /** It is what was read then, each character a byte: it has the digest. */
        record Same(String source, String text) implements Opened {}

        /** Nothing is, or not any more. */
        record Missing() implements Opened {}

        /** It was altered, or sealed with another key. */
        record Unreadable(String reason) implements Opened {}
    }

    public EvidenceVault(Path folder, EvidenceKey key, Limits limits) {
        this(folder, key, limits, true);
    }

    private EvidenceVault(Path folder, EvidenceKey key, Limits limits, boolean keeps) {
        this.folder = folder;
        this.key = key;
        this.limits = limits;
        this.keeps = keeps;
    }

    /** One that only tells digests, and touches nothing of what is there: the key is not the one of what is in the folder. */
    public static EvidenceVault keepingNothing(Path folder, EvidenceKey key) {
        return new EvidenceVault(folder, key, Limits.USUAL, false);
    }

    /** Keeps what was read. When that does not work, the digest is told all the same, with the truth about it. */
    public Kept keep(String source, SortedMap<String, byte[]> read, Instant now) {
        byte[] archive = archive(source, read);
        String digest = Sha256.hexOf(archive);
        return new Kept(digest, read.size(), archive.length, keeps && isKept(source, digest, archive, now));
    }

    private boolean isKept(String source, String digest, byte[] archive, Instant now) {
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            tidy(now, limits.bytes());
            Path file = folder.resolve(digest);
            if (!Files.exists(file)) {
                byte[] sealed = sealed(source, digest, archive, now);
                tidy(now, limits.bytes() - sealed.length);
                if (sealed.length > limits.bytes() || !makeRoom(sealed.length)) {
                    return false;
                }
                write(file, sealed);
            }
            Files.setLastModifiedTime(file, FileTime.from(now));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The salt comes first, so that the digest tells nothing to who does not have it; then each file with its length. */
    private byte[] archive(String source, SortedMap<String, byte[]> read) {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        archive.writeBytes("nuxari-evidence v1\nsalt %s\nsource %s\n"
                .formatted(key.salt(), source)
                .getBytes(UTF_8));
        for (Map.Entry<String, byte[]> file : read.entrySet()) {
            archive.writeBytes("file %d %s\n"
                    .formatted(file.getValue().length, file.getKey())
                    .getBytes(UTF_8));
            archive.writeBytes(file.getValue());
            archive.write('\n');
        }
        return archive.toByteArray();
    }

    private byte[] sealed(String source, String digest, byte[] archive, Instant now) {
        byte[] head = (MAGIC
                        + Json.object("at", now, "bytes", archive.length, "digest", digest, "source", source)
                                .canonical()
                        + "\n")
                .getBytes(UTF_8);
        byte[] box = key.seal(head, Packed.pack(archive));
        return ByteBuffer.allocate(head.length + box.length).put(head).put(box).array();
    }

    private void write(Path file, byte[] sealed) throws IOException {
        Path beside = folder.resolve(file.getFileName() + ".new");
        Files.deleteIfExists(beside);
        try {
            Files.createFile(
                    beside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(sealed);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
        try (FileChannel parent = FileChannel.open(folder, StandardOpenOption.READ)) {
            parent.force(true);
        }
    }

    private void tidy(Instant now, long most) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            for (Path half :
                    found.filter(path -> path.toString().endsWith(".new")).toList()) {
                Files.deleteIfExists(half);
            }
        }
        List<Path> files = oldestFirst();
        long sum = 0;
        for (Path file : files) {
            sum += Files.size(file);
        }
        for (Path file : files) {
            boolean old = seen(file).isBefore(now.minus(limits.age()));
            if (old || sum > most) {
                sum -= Files.size(file);
                Files.deleteIfExists(file);
            }
        }
    }

    private boolean makeRoom(long needed) throws IOException {
        for (Path oldest : oldestFirst()) {
            if (hasRoom(needed)) {
                return true;
            }
            Files.deleteIfExists(oldest);
        }
        return hasRoom(needed);
    }

    private boolean hasRoom(long needed) throws IOException {
        return Files.getFileStore(folder).getUsableSpace() - needed >= limits.free();
    }

    private List<Path> oldestFirst() throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(path -> path.getFileName().toString().matches("[0-9a-f]{64}"))
                    .sorted(Comparator.comparing(EvidenceVault::seen))
                    .toList();
        }
    }

    private static Instant seen(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            return Instant.EPOCH;
        }
    }

    /** What is kept, the oldest first. */
    public List<Entry> list() throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        List<Entry> entries = new ArrayList<>();
        for (Path path : oldestFirst()) {
            try {
                Json.Obj head = head(Files.readAllBytes(path)).json();
                entries.add(new Entry(
                        head.string("digest"),
                        head.string("source"),
                        Instant.parse(head.string("at")),
                        seen(path),
                        head.integer("bytes")));
            } catch (IllegalArgumentException e) {
                entries.add(new Entry(path.getFileName().toString(), "UNREADABLE", seen(path), seen(path), 0));
            }
        }
        return entries;
    }

    /** Opens what has this digest, and compares it. */
    public Opened open(String digest) throws IOException {
        if (!digest.matches("[0-9a-f]{64}")) {
            return new Opened.Missing();
        }
        try {
            return open(digest, Files.readAllBytes(folder.resolve(digest)));
        } catch (NoSuchFileException e) {
            return new Opened.Missing();
        } catch (IllegalArgumentException e) {
            return new Opened.Unreadable(String.valueOf(e.getMessage()));
        }
    }

    private Opened open(String digest, byte[] sealed) {
        Head head = head(sealed);
        Optional<byte[]> packed = key.open(sealed, head.length());
        if (packed.isEmpty()) {
            return new Opened.Unreadable("it was altered, or sealed with another key");
        }
        byte[] archive = Packed.unpack(packed.get(), head.json().integer("bytes"));
        return Sha256.hexOf(archive).equals(digest)
                ? new Opened.Same(head.json().string("source"), new String(archive, ISO_8859_1))
                : new Opened.Unreadable("it is not what has this digest");
    }

    private record Head(Json.Obj json, int length) {}

    private static Head head(byte[] sealed) {
        String text = new String(sealed, 0, Math.min(sealed.length, LONGEST_HEAD), US_ASCII);
        int end = text.indexOf('\n', MAGIC.length());
        if (!text.startsWith(MAGIC) || end < 0) {
            throw new IllegalArgumentException("no file of this vault");
        }
        try {
            return new Head(Json.parseObject(text.substring(MAGIC.length(), end)), end + 1);
        } catch (JsonException e) {
            throw new IllegalArgumentException("no file of this vault", e);
        }
    }
}
