package dev.nuxari.agent.release;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.protocol.release.FileMeta;
import dev.nuxari.protocol.release.Release;
import dev.nuxari.protocol.release.ReleaseRefusal;
import dev.nuxari.protocol.release.ReleaseRepository;
import dev.nuxari.protocol.release.RememberedReleases;
import dev.nuxari.protocol.release.Targets;
import dev.nuxari.protocol.release.TrustedReleases;
import dev.nuxari.protocol.release.TrustedReleases.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;

/** The client's side of the repository: metadata as TUF's sections 5.2 to 5.6 have it, and archives (5.7). */
final class ReleaseClient {
    private static final int LARGEST_METADATA = 256 * 1024;
    private static final int MOST_ROOTS = 64;
    private static final int PART = 1024 * 1024;
    private static final int MOST_FAILURES = 4;
    private static final int BUFFER = 64 * 1024;

    private final ReleaseSource source;
    private final ReleaseMemory memory;
    private final Path shippedRoot;
    private final Patience patience;
    private final InstantSource clock;

    /**
     * How long is waited.
     *
     * @param pause between two attempts to go on with an archive
     * @param longest for a whole archive
     */
    record Patience(Duration pause, Duration longest) {
        static final Patience USUAL = new Patience(Duration.ofSeconds(3), Duration.ofMinutes(10));
    }

    ReleaseClient(
            ReleaseSource source, ReleaseMemory memory, Path shippedRoot, Patience patience, InstantSource clock) {
        this.source = source;
        this.memory = memory;
        this.shippedRoot = shippedRoot;
        this.patience = patience;
        this.clock = clock;
    }

    /** What is believed without asking anybody. */
    static TrustedReleases known(ReleaseMemory memory, Path shippedRoot) throws IOException {
        if (!Files.isRegularFile(shippedRoot)) {
            throw new ReleaseRefused(ReleaseRefusal.NOT_PREPARED, "the package has no root of trust for releases");
        }
        try {
            Optional<Json.Obj> before = memory.read();
            RememberedReleases remembered =
                    before.isEmpty() ? RememberedReleases.NOTHING : RememberedReleases.parse(before.get());
            return trusted(remembered.under(Files.readAllBytes(shippedRoot)));
        } catch (JsonException e) {
            throw new ReleaseRefused(ReleaseRefusal.MEMORY_CORRUPT, String.valueOf(e.getMessage()));
        }
    }

    private static TrustedReleases trusted(Answer answer) {
        return switch (answer) {
            case Answer.Trusted(TrustedReleases releases) -> releases;
            case Answer.Refused(ReleaseRefusal why) -> throw new ReleaseRefused(why, "the metadata are not believed");
        };
    }

    /** The releases as of now. What was believed on the way is on disk, also when it ends in a refusal. */
    Targets refresh() throws IOException, InterruptedException {
        Instant now = clock.instant(); // one time for the whole of it (TUF 5.1)
        TrustedReleases releases = newestRoot(known(memory, shippedRoot));
        if (releases.isRootExpired(now)) {
            throw new ReleaseRefused(
                    ReleaseRefusal.ROOT_EXPIRED, "ended " + releases.root().expires());
        }
        releases = kept(trusted(releases.withTimestamp(fetch(ReleaseRepository.TIMESTAMP, LARGEST_METADATA), now)));
        FileMeta snapshot = releases.timestamp().orElseThrow().snapshot();
        releases = kept(trusted(releases.withSnapshot(fetch(snapshot, "snapshot.json"), now)));
        FileMeta targets = releases.snapshot().orElseThrow().targets();
        releases = kept(trusted(releases.withTargets(fetch(targets, "targets.json"), now)));
        return releases.targets().orElseThrow();
    }

    /** Root by root (TUF 5.3): that the next one is missing means that this is the newest. */
    private TrustedReleases newestRoot(TrustedReleases known) throws IOException, InterruptedException {
        TrustedReleases newest = known;
        for (int i = 0; i < MOST_ROOTS; i++) {
            String name = ReleaseRepository.rootName(newest.root().version() + 1);
            Optional<byte[]> next = source.part(name, 0, LARGEST_METADATA);
            if (next.isEmpty()) {
                return newest;
            }
            newest = kept(trusted(newest.followedBy(bounded(next.get(), LARGEST_METADATA))));
        }
        return newest;
    }

    private TrustedReleases kept(TrustedReleases releases) throws IOException {
        memory.write(RememberedReleases.of(releases).json());
        return releases;
    }

    private byte[] fetch(FileMeta announced, String name) throws IOException, InterruptedException {
        if (announced.length() > LARGEST_METADATA) {
            throw new ReleaseRefused(ReleaseRefusal.WRONG_LENGTH, name + " is announced as too large");
        }
        return fetch(announced.version() + "." + name, (int) announced.length());
    }

    private byte[] fetch(String name, int most) throws IOException, InterruptedException {
        byte[] bytes = source.part(name, 0, most)
                .orElseThrow(() -> new ReleaseRefused(ReleaseRefusal.UNREACHABLE, "there is no " + name));
        return bounded(bytes, most);
    }

    private static byte[] bounded(byte[] bytes, int most) {
        if (bytes.length > most) {
            throw new ReleaseRefused(ReleaseRefusal.WRONG_LENGTH, "more came than was asked for");
        }
        return bytes;
    }

    /** Brings an archive into this file, going on where it stopped, and returns when it is whole and the right one. */
    void download(Release release, Path file) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.longest().toNanos();
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            long from = Math.min(channel.size(), release.length());
            int failures = 0;
            while (from < release.length()) {
                if (failures >= MOST_FAILURES || System.nanoTime() > deadline) {
                    throw new ReleaseRefused(ReleaseRefusal.UNREACHABLE, "%d bytes came".formatted(from));
                }
                int wanted = (int) Math.min(PART, release.length() - from);
                Optional<byte[]> part = attempt(release, from, wanted);
                if (part.isEmpty() || part.get().length == 0) {
                    failures++;
                    Thread.sleep(patience.pause());
                    continue;
                }
                failures = 0;
                write(channel, bounded(part.get(), wanted), from);
                from += part.get().length;
            }
            channel.truncate(release.length());
            channel.force(true);
        }
        require(release, file);
    }

    /** A file that is not there is a refusal, and the network's moods are not. */
    private Optional<byte[]> attempt(Release release, long from, int wanted) throws InterruptedException {
        Optional<byte[]> part;
        try {
            part = source.part(release.fileName(), from, wanted);
        } catch (IOException e) {
            return Optional.empty();
        }
        if (part.isEmpty()) {
            throw new ReleaseRefused(ReleaseRefusal.UNREACHABLE, "the server does not have " + release.fileName());
        }
        return part;
    }

    private static void write(FileChannel channel, byte[] bytes, long at) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long position = at;
        while (buffer.hasRemaining()) {
            position += channel.write(buffer, position);
        }
    }

    /** What is not the right one is of no use for going on either. */
    private static void require(Release release, Path file) throws IOException {
        if (!sha256(file).equals(release.sha256())) {
            Files.delete(file);
            throw new ReleaseRefused(ReleaseRefusal.WRONG_HASH, release.fileName());
        }
    }

    static String sha256(Path file) throws IOException {
        MessageDigest digest = digest();
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform implements SHA-256", e);
        }
    }
}
