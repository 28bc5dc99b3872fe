package dev.nuxari.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program {@code nuxari} as a process, as the launcher runs it. */
final class Program {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private Program() {}

    /** How it ended, and what it said. */
    record Ended(int code, String out, String notes) {}

    static Ended run(String... arguments) {
        return run(words(arguments), Map.of());
    }

    /** The same with more of an environment. */
    static Ended runWith(Map<String, String> environment, String... arguments) {
        return run(words(arguments), environment);
    }

    /** A program that is not ours. */
    static Ended other(String... words) {
        return run(List.of(words), Map.of());
    }

    /** The program where a folder is a disk of its own with so many mebibytes; Linux only, no rights needed. */
    static Ended runOnSmallDisk(Path folder, int mebibytes, String... arguments) {
        String mountAndRun = "mount -t tmpfs -o size=" + mebibytes + "m tmpfs '" + folder + "' && exec \"$@\"";
        boolean root = "root".equals(System.getProperty("user.name"));
        List<String> words = new ArrayList<>(
                List.of("unshare", root ? "--mount" : "--map-root-user", "--mount", "sh", "-c", mountAndRun, "sh"));
        words.addAll(words(arguments));
        return run(words, Map.of());
    }

    private static List<String> words(String... arguments) {
        Path home = Composed.HOME;
        Path target = home.resolve("cli").resolve("target");
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dnuxari.home=" + home,
                "-Dnuxari.distribution=" + System.getProperty("nuxari.distribution"),
                "-cp",
                target.resolve("classes") + ":" + target.resolve("lib") + "/*",
                "dev.nuxari.cli.Nuxari"));
        words.addAll(List.of(arguments));
        return words;
    }

    /** The launcher, which finds a JDK and builds before it runs anything. */
    static Ended launch(Map<String, String> environment, String... arguments) {
        List<String> words =
                new ArrayList<>(List.of(Composed.HOME.resolve("nuxari").toString()));
        words.addAll(List.of(arguments));
        return run(words, environment);
    }

    private static Ended run(List<String> words, Map<String, String> environment) {
        return begin(words, environment).end();
    }

    /** The program, still running. */
    static Running begin(Map<String, String> environment, String... arguments) {
        return begin(words(arguments), environment);
    }

    private static Running begin(List<String> words, Map<String, String> environment) {
        try {
            Path out = Files.createTempFile("nuxari", ".out");
            Path notes = Files.createTempFile("nuxari", ".err");
            ProcessBuilder builder = new ProcessBuilder(words)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(out.toFile())
                    .redirectError(notes.toFile());
            builder.environment()
                    .put("XDG_CONFIG_HOME", Composed.DATA.resolve("config").toString());
            builder.environment().putAll(environment);
            return new Running(builder.start(), out, notes);
        } catch (IOException e) {
            throw new IllegalStateException("cannot run " + String.join(" ", words), e);
        }
    }

    /** A process, and the files with what it has said so far. */
    record Running(Process process, Path out, Path notes) {
        String notesSoFar() {
            return read(notes);
        }

        Ended end() {
            try {
                if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError(process.info() + " does not end");
                }
                Ended ended = new Ended(process.exitValue(), read(out), read(notes));
                Files.delete(out);
                Files.delete(notes);
                return ended;
            } catch (IOException e) {
                throw new IllegalStateException("cannot delete what was said", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }

        private static String read(Path file) {
            try {
                return Files.readString(file, UTF_8);
            } catch (IOException e) {
                throw new IllegalStateException("cannot read what was said", e);
            }
        }
    }
}
