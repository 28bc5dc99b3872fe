package dev.nuxari.protocol.release;

import dev.nuxari.transparency.Ed25519PrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder of signed metadata and of archives, on the vendor's side (TUF, section 6). It is published by being copied; whoever serves it
 * can take files away and change nothing.
 */
public final class ReleaseRepository {
    public static final String TIMESTAMP = "timestamp.json";

    private final Path folder;
    private final InstantSource clock;

    /** How long a role's word is good. */
    public enum Lifetime {
        ROOT(Duration.ofDays(730)),
        TARGETS(Duration.ofDays(365)),
        SNAPSHOT(Duration.ofDays(90)),
        TIMESTAMP(Duration.ofDays(14));

        private final Duration duration;

        Lifetime(Duration duration) {
            this.duration = duration;
        }
    }

    public ReleaseRepository(Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * Writes the next root, with these keys for the roles.
     *
     * @param thresholds 1 where a role is not named
     * @param former the keys of the root before, which have to sign too
     */
    public Path writeRoot(ReleaseKeys keys, Map<ReleaseRole, Integer> thresholds, List<Ed25519PrivateKey> former)
            throws IOException {
        Map<String, ReleaseKey> named = new TreeMap<>();
        Map<ReleaseRole, RoleKeys> roles = new EnumMap<>(ReleaseRole.class);
        for (ReleaseRole role : ReleaseRole.values()) {
            List<ReleaseKey> own = keys.of(role).stream()
                    .map(key -> new ReleaseKey(key.publicKey()))
                    .toList();
            own.forEach(key -> named.put(key.id(), key));
            roles.put(
                    role,
                    new RoleKeys(
                            own.stream().map(ReleaseKey::id).collect(Collectors.toSet()),
                            thresholds.getOrDefault(role, 1)));
        }
        var root = new Root(newestRoot() + 1, end(Lifetime.ROOT), named, roles);
        List<Ed25519PrivateKey> signing = Stream.concat(keys.of(ReleaseRole.ROOT).stream(), former.stream())
                .collect(Collectors.toMap(
                        key -> new ReleaseKey(key.publicKey()).id(), key -> key, (one, _) -> one, TreeMap::new))
                .values()
                .stream()
                .toList();
        return write(
                rootName(root.version()),
                SignedMetadata.sign(root.json(), signing).bytes());
    }

    /** How a root of this version is called. */
    public static String rootName(int version) {
        return version + ".root.json";
    }

    private int newestRoot() {
        int version = 0;
        while (Files.exists(folder.resolve(rootName(version + 1)))) {
            version++;
        }
        return version;
    }

    private Instant end(Lifetime lifetime) {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(lifetime.duration);
    }

    /** Puts an archive beside the metadata and signs that it is a release, with all that were. */
    public Release add(Path archive, String files, ReleaseKeys keys) throws IOException {
        byte[] bytes = Files.readAllBytes(archive);
        FileMeta meta = FileMeta.of(1, bytes);
        Release added = Release.named(String.valueOf(archive.getFileName()), meta.length(), meta.sha256(), files);
        List<Release> releases = new ArrayList<>(releases());
        releases.removeIf(release -> release.path().equals(added.path()));
        releases.add(added);
        write(added.fileName(), bytes);
        publish(releases, keys);
        return added;
    }

    /** Signs that these are the releases: new targets, a new snapshot, a new timestamp. */
    public void publish(List<Release> releases, ReleaseKeys keys) throws IOException {
        int version = current().map(Snapshot::targets).map(FileMeta::version).orElse(0) + 1;
        var targets = new Targets(version, end(Lifetime.TARGETS), releases);
        byte[] targetsBytes = SignedMetadata.sign(targets.json(), keys.of(ReleaseRole.TARGETS))
                .bytes();
        var snapshot = new Snapshot(
                current().map(Snapshot::version).orElse(0) + 1,
                end(Lifetime.SNAPSHOT),
                FileMeta.of(version, targetsBytes));
        byte[] snapshotBytes = SignedMetadata.sign(snapshot.json(), keys.of(ReleaseRole.SNAPSHOT))
                .bytes();
        write(version + ".targets.json", targetsBytes);
        write(snapshot.version() + ".snapshot.json", snapshotBytes);
        stamp(FileMeta.of(snapshot.version(), snapshotBytes), keys);
    }

    /** Says once more that nothing is newer. */
    public void stamp(ReleaseKeys keys) throws IOException {
        stamp(
                newest().orElseThrow(() -> new IOException("nothing was published yet"))
                        .snapshot(),
                keys);
    }

    private void stamp(FileMeta snapshot, ReleaseKeys keys) throws IOException {
        var timestamp =
                new Timestamp(newest().map(Timestamp::version).orElse(0) + 1, end(Lifetime.TIMESTAMP), snapshot);
        write(
                TIMESTAMP,
                SignedMetadata.sign(timestamp.json(), keys.of(ReleaseRole.TIMESTAMP))
                        .bytes());
    }

    private Optional<Timestamp> newest() throws IOException {
        return content(TIMESTAMP, ReleaseRole.TIMESTAMP).map(Timestamp.class::cast);
    }

    private Optional<Snapshot> current() throws IOException {
        Optional<Timestamp> newest = newest();
        return newest.isEmpty()
                ? Optional.empty()
                : content(newest.get().snapshot().version() + ".snapshot.json", ReleaseRole.SNAPSHOT)
                        .map(Snapshot.class::cast);
    }

    /** What is published, as it says of itself: the vendor's own folder is not verified. */
    public List<Release> releases() throws IOException {
        Optional<Snapshot> current = current();
        return current.isEmpty()
                ? List.of()
                : content(current.get().targets().version() + ".targets.json", ReleaseRole.TARGETS)
                        .map(Targets.class::cast)
                        .map(Targets::releases)
                        .orElse(List.of());
    }

    private Optional<Metadata> content(String name, ReleaseRole role) throws IOException {
        Path file = folder.resolve(name);
        return Files.exists(file)
                ? SignedMetadata.read(Files.readAllBytes(file)).flatMap(signed -> signed.content(role))
                : Optional.empty();
    }

    /** Whole, or not at all: somebody may be copying. */
    private Path write(String name, byte[] bytes) throws IOException {
        Files.createDirectories(folder);
        Path beside = folder.resolve(name + ".new");
        Files.write(beside, bytes);
        return Files.move(beside, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
