package dev.nuxari.platform;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Where servers are unpacked once per version, for every data directory and every build of this user. Safe against two
 * processes filling it at the same time and against one that is killed while doing so: a folder counts only when its
 * marker stands, and the marker is written last, under a lock the kernel releases.
 */
final class Cache {
    private static final String MARKER = ".complete";
    // Locks of files belong to the whole JVM, so that threads need one of their own.
    private static final Object THREADS = new Object();

    private static final Duration UNUSED = Duration.ofDays(7);

    private final InstantSource clock = InstantSource.system();
    private final Path directory;

    Cache(Path directory) {
        this.directory = directory.toAbsolutePath();
    }

    /** The cache of this user, as environment variables place it. */
    static Cache standard(Isolation isolation) {
        String named = System.getenv("NUXARI_CACHE");
        if (named != null && !named.isBlank()) {
            return new Cache(Path.of(named));
        }
        if (isolation == Isolation.OTHER_USER) {
            return shared();
        }
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path base = xdg == null || xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return new Cache(base.resolve("nuxari"));
    }

    /** A folder everybody can cross; the home directory of root is not one. */
    private static Cache shared() {
        Path path =
                Path.of("/var/tmp/nuxari-cache-" + Command.of("id", "-u").run().strip());
        try {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                    && (Files.isSymbolicLink(path)
                            || !Files.getOwner(path).getName().equals(System.getProperty("user.name")))) {
                throw new PlatformFailure(path + " belongs to somebody else; name another folder with NUXARI_CACHE");
            }
            Files.createDirectories(path);
            return new Cache(path);
        } catch (IOException e) {
            throw PlatformFailure.of("use the folder " + path, e);
        }
    }

    /** Fills a folder. */
    interface Filler {
        void fill(Path folder) throws IOException;
    }

    /** The complete folder of that key; the filler runs when there is none. */
    Path folder(String key, Filler filler) {
        Path folder = directory.resolve(key);
        if (Files.exists(folder.resolve(MARKER))) {
            return folder;
        }
        locked(key, () -> {
            if (Files.exists(folder.resolve(MARKER))) {
                return;
            }
            Folders.delete(folder);
            Files.createDirectories(folder);
            filler.fill(folder);
            Files.createFile(folder.resolve(MARKER));
        });
        return folder;
    }

    /** Notes that the folder is in use. */
    void touch(String key) {
        try {
            Files.setLastModifiedTime(directory.resolve(key).resolve(MARKER), FileTime.from(clock.instant()));
        } catch (IOException e) {
            throw PlatformFailure.of("write into " + directory, e);
        }
    }

    /** Deletes folders whose key begins so and that nobody has used for a while. */
    void forgetUnused(String prefix) throws IOException {
        Instant longAgo = clock.instant().minus(UNUSED);
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(directory, prefix + "*")) {
            for (Path folder : folders) {
                Path marker = folder.resolve(MARKER);
                if (Files.exists(marker)
                        && Files.getLastModifiedTime(marker).toInstant().isBefore(longAgo)) {
                    Folders.delete(folder);
                }
            }
        }
    }

    /** Work on what is cached. */
    interface Work {
        void run() throws IOException;
    }

    /** Runs the work while no other process or thread works on the key. */
    void locked(String key, Work work) {
        synchronized (THREADS) {
            Path file = directory.resolve(key + ".lock");
            try {
                Files.createDirectories(directory);
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock lock = channel.lock()) {
                    if (lock.isValid()) {
                        work.run();
                    }
                }
            } catch (IOException e) {
                throw PlatformFailure.of("unpack into " + directory, e);
            }
        }
    }
}
