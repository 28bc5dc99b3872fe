package dev.nuxari.platform;

import dev.nuxari.platform.demonstration.DemonstrationSystems;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The whole product, running: PostgreSQL, then the server and Keycloak side by side, and the governed systems of the
 * demonstration. What was started is stopped again when something fails on the way.
 */
public final class Stack implements AutoCloseable {
    static final Map<String, String> ORGANIZATIONS = Map.of("acme", "Acme Corporation", "globex", "Globex Corporation");
    static final List<String> SLUGS = List.of("acme", "globex");

    private final StackParts parts;
    private final StackFile file;
    private final DataLock lock;

    private Stack(StackParts parts, StackFile file, DataLock lock) {
        this.parts = parts;
        this.file = file;
        this.lock = lock;
    }

    /** Starts everything and returns when people can sign in. */
    public static Stack up(StackOptions options, Progress progress) {
        createData(options.data());
        DataLock lock = DataLock.take(options.data());
        StackParts parts = new StackParts();
        try {
            refuseIfRunning(options.data());
            Ports.requireFree(options.port(), "the server");
            StackFile file = new StackStart(options, progress, parts).run();
            file.write();
            return new Stack(parts, file, lock);
        } catch (RuntimeException e) {
            parts.close();
            lock.close();
            throw e;
        }
    }

    private static void createData(Path data) {
        try {
            Files.createDirectories(data);
        } catch (IOException e) {
            throw PlatformFailure.of("make the data directory " + data, e);
        }
    }

    private static void refuseIfRunning(Path data) {
        Optional<StackFile> before = StackFile.read(data);
        if (before.filter(StackFile::isRunning).isPresent()) {
            throw new PlatformFailure("Nuxari runs already on " + data + ", at "
                    + before.map(StackFile::url).orElse("") + "; stop it with ./nuxari down");
        }
        before.ifPresent(StackFile::delete);
    }

    /** What runs on a data directory, if anything does. */
    public static Optional<StackFile> running(Path data) {
        return StackFile.read(data).filter(StackFile::isRunning);
    }

    /** Stops what runs on a data directory, whoever started it; false when nothing does. */
    public static boolean down(Path data) {
        Optional<StackFile> file = StackFile.read(data);
        boolean was = file.filter(StackFile::isRunning).isPresent();
        file.ifPresent(found -> {
            for (OwnProcess process : found.processes()) {
                boolean database = process.name().startsWith("postgres");
                process.stop(database ? "INT" : "TERM", Duration.ofSeconds(40));
            }
            found.delete();
        });
        return was;
    }

    /** What {@code stack.json} says. */
    public StackFile file() {
        return file;
    }

    public String url() {
        return file.url();
    }

    /** Waits for one of the processes to end, which none does by itself, and tells which. */
    public String awaitEnd() {
        List<OwnProcess> processes = file.processes().stream()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .toList();
        while (processes.stream().allMatch(process -> process.handle().isPresent())) {
            CompletableFuture.anyOf(processes.stream()
                            .flatMap(process -> process.handle().stream())
                            .map(ProcessHandle::onExit)
                            .toArray(CompletableFuture<?>[]::new))
                    .join();
        }
        return processes.stream()
                .filter(process -> process.handle().isEmpty())
                .map(OwnProcess::name)
                .findFirst()
                .orElseThrow();
    }

    /** Stops everything, the server first. */
    @Override
    public void close() {
        parts.close();
        file.delete();
        lock.close();
    }

    /** Lets everything run on after this JVM has ended; only what was started {@link Lifetime#DETACHED} does. */
    public void leave() {
        lock.close();
    }

    /** What has been started so far. */
    static final class StackParts implements AutoCloseable {
        private final List<AutoCloseable> started = new ArrayList<>();
        private final List<OwnProcess> processes = new ArrayList<>();

        synchronized <T extends AutoCloseable> T add(String name, long pid, T part) {
            started.addFirst(part);
            processes.addFirst(OwnProcess.of(name, pid));
            return part;
        }

        synchronized DemonstrationSystems add(DemonstrationSystems systems) {
            started.addFirst(systems);
            systems.clusters()
                    .forEach((slug, cluster) -> processes.add(OwnProcess.of("postgres-" + slug, cluster.pid())));
            processes.addFirst(OwnProcess.of("directory", systems.directory().pid()));
            return systems;
        }

        /** In the order in which they are to be stopped: databases last. */
        synchronized List<OwnProcess> processes() {
            List<OwnProcess> ordered = new ArrayList<>(processes);
            ordered.sort(Comparator.comparing(process -> process.name().startsWith("postgres")));
            return ordered;
        }

        @Override
        public synchronized void close() {
            @Nullable RuntimeException first = null;
            for (AutoCloseable part : started) {
                try {
                    part.close();
                } catch (RuntimeException e) {
                    first = first == null ? e : first;
                } catch (Exception e) {
                    throw new IllegalStateException("our parts throw nothing checked", e);
                }
            }
            started.clear();
            if (first != null) {
                throw first;
            }
        }
    }

    /** Two starts on the same data would destroy it. The kernel gives the lock back when its JVM is killed. */
    record DataLock(FileChannel channel, FileLock held) implements AutoCloseable {
        static DataLock take(Path data) {
            try {
                FileChannel channel = FileChannel.open(
                        data.resolve("stack.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = tryLock(channel);
                if (held == null) {
                    channel.close();
                    throw new PlatformFailure(
                            "Nuxari is being started, or runs, on " + data + "; stop it with ./nuxari down");
                }
                return new DataLock(channel, held);
            } catch (IOException e) {
                throw PlatformFailure.of("write into the data directory " + data, e);
            }
        }

        private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
            try {
                return channel.tryLock();
            } catch (OverlappingFileLockException _) {
                return null;
            }
        }

        @Override
        public void close() {
            try {
                held.release();
                channel.close();
            } catch (IOException e) {
                throw PlatformFailure.of("release the data directory", e);
            }
        }
    }
}
