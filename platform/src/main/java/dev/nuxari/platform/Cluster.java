package dev.nuxari.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** The files of one PostgreSQL: {@code cluster/} (its data directory), {@code superuser.password}, {@code postgres.log}. */
record Cluster(Path directory, Path binaries, Isolation isolation) {
    private static final String MAJOR_VERSION = "18";
    private static final int READY_LINE = 7;

    Path data() {
        return directory.resolve("cluster");
    }

    Path log() {
        return directory.resolve("postgres.log");
    }

    Path program(String name) {
        return binaries.resolve("bin").resolve(name);
    }

    String superuserPassword() {
        return new Secrets(directory).password("superuser");
    }

    /** Makes the data directory when there is none, and refuses one that is not ours to start. */
    void prepare(boolean durable) {
        isolation.checkReachable(directory);
        isolation.checkReachable(binaries);
        try {
            if (!Files.exists(data())) {
                initialize(durable);
                return;
            }
            Path version = data().resolve("PG_VERSION");
            if (!Files.exists(version)) {
                throw new PlatformFailure("The data directory " + data()
                        + " is damaged: it has no PG_VERSION; restore it from a backup, or choose another with --data");
            }
            String found = Files.readString(version).strip();
            if (!found.equals(MAJOR_VERSION)) {
                throw new PlatformFailure("The data directory " + data() + " was made by PostgreSQL '" + found
                        + "', this is PostgreSQL " + MAJOR_VERSION + "; migrate it, or choose another with --data");
            }
            isolation.own(data());
        } catch (IOException e) {
            throw PlatformFailure.of("prepare the data directory " + data(), e);
        }
    }

    private void initialize(boolean durable) throws IOException {
        Files.createDirectories(directory);
        // Made elsewhere and moved: a data directory is either complete or not there.
        Path fresh = directory.resolve("cluster.new");
        Folders.delete(fresh);
        Files.createDirectory(fresh);
        Path passwordFile = directory.resolve("cluster.password");
        Secrets.write(passwordFile, superuserPassword());
        isolation.own(passwordFile);
        isolation.own(fresh);
        try {
            Command.of(
                            isolation.prefix(),
                            program("initdb").toString(),
                            "-D",
                            fresh.toString(),
                            "-U",
                            "postgres",
                            "-E",
                            "UTF8",
                            "--locale-provider=builtin",
                            "--builtin-locale=C.UTF-8",
                            "--locale=C",
                            "--auth=scram-sha-256",
                            "--pwfile=" + passwordFile,
                            durable ? "--data-checksums" : "--no-sync")
                    .with("LC_ALL", "C.UTF-8")
                    .with("TZ", "UTC")
                    .run();
        } catch (Command.CommandFailure e) {
            throw refusal(e.output());
        } finally {
            Files.deleteIfExists(passwordFile);
        }
        Files.move(fresh, data(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** What PostgreSQL's own words mean to a person. */
    PlatformFailure refusal(String output) {
        if (PlatformFailure.isFullDisk(output)) {
            return new PlatformFailure(
                    "The disk is full: PostgreSQL cannot write to " + directory + ". Free some space and start again.");
        }
        return new PlatformFailure("PostgreSQL refuses to start on " + data() + ": " + reason(output) + " (log: "
                + log() + "); restore it from a backup, or choose another with --data");
    }

    private static String reason(String output) {
        List<String> lines = output.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        Optional<String> fatal = lines.stream()
                .filter(line -> line.contains("FATAL:") || line.contains("PANIC:"))
                .findFirst();
        return fatal.orElseGet(() -> lines.isEmpty() ? "it said nothing" : lines.getFirst())
                .replaceFirst("^.*?(FATAL|PANIC):\\s*", "");
    }

    /** Whether the postmaster of that process number accepts connections. */
    boolean isReady(long pid) {
        List<String> lines = lockFile();
        return lines.size() > READY_LINE
                && lines.getFirst().strip().equals(Long.toString(pid))
                && lines.get(READY_LINE).strip().equals("ready");
    }

    /** The process that the lock file says runs on this data, if it still does. */
    Optional<ProcessHandle> owner() {
        List<String> lines = lockFile();
        if (lines.isEmpty() || !lines.getFirst().strip().matches("\\d{1,9}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).filter(this::isPostmaster);
    }

    /** A lock file left by a killed postmaster, whose number may be another process's by now, stops nobody. */
    void removeStaleLock() {
        try {
            if (owner().isEmpty()) {
                Files.deleteIfExists(data().resolve("postmaster.pid"));
            }
        } catch (IOException e) {
            throw PlatformFailure.of("remove a stale lock in " + data(), e);
        }
    }

    private boolean isPostmaster(ProcessHandle process) {
        return process.isAlive()
                && process.info()
                        .command()
                        .map(command -> command.endsWith("/postgres"))
                        .orElse(false);
    }

    private List<String> lockFile() {
        try {
            Path file = data().resolve("postmaster.pid");
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException _) {
            // Between the test and the reading it went away.
            return List.of();
        }
    }
}
