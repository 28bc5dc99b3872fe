package dev.nuxari.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The agent's program on a host that is a folder of a test. A policy has to belong to root: whoever is not root gets a user namespace
 * in which they are.
 */
final class AgentAtHome implements AutoCloseable {
    private static final String MAIN = "dev.nuxari.agent.NuxariAgent";

    private final Path home;
    private final Path policy;
    private final Path log;
    private @Nullable Process process;

    AgentAtHome(Path home) throws IOException {
        this.home = home;
        // As of a package that can be updated: by whose root it is trusted nobody asks here.
        Files.writeString(Files.createDirectory(home.resolve("package")).resolve("release-root.json"), "{}");
        this.log = home.resolve("agent.log");
        Path folder = Files.createDirectory(
                home.resolve("etc"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        this.policy = folder.resolve("policy.json");
    }

    void allow(String text) throws IOException {
        Files.writeString(policy, text);
        Files.setPosixFilePermissions(policy, PosixFilePermissions.fromString("rw-r--r--"));
    }

    /** What somebody types on the host: the command as it was shown, with where its files are in this test. */
    Program.Ended enroll(String command, Path authorities) {
        List<String> words = List.of(command.split(" ", -1));
        if (!words.subList(0, 2).equals(List.of("nuxari", "agent"))) {
            throw new IllegalArgumentException("not a command of the agent: " + command);
        }
        List<String> more = new ArrayList<>(words.subList(2, words.size()));
        more.addAll(List.of("--folder", folder(), "--host-name", "db1.example", "--ca", authorities.toString()));
        return Program.other(words(more).toArray(String[]::new));
    }

    Program.Ended status() {
        return Program.other(words(List.of("status", "--folder", folder(), "--policy", policy.toString()))
                .toArray(String[]::new));
    }

    void run() throws IOException {
        List<String> words = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL", "--"));
        words.addAll(words(List.of("run", "--folder", folder(), "--policy", policy.toString())));
        process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    String said() throws IOException {
        return Files.exists(log) ? Files.readString(log, UTF_8) : "";
    }

    boolean isRunning() {
        return process != null && process.isAlive();
    }

    private String folder() {
        return home.resolve("agent").toString();
    }

    private List<String> words(List<String> arguments) {
        boolean root = "root".equals(System.getProperty("user.name"));
        String classes = Stream.of("agent", "protocol", "transparency", "kernel")
                .map(module -> Composed.HOME
                        .resolve(module)
                        .resolve("target")
                        .resolve("classes")
                        .toString())
                .collect(Collectors.joining(":"));
        List<String> words = new ArrayList<>(root ? List.of() : List.of("unshare", "--map-root-user", "--"));
        words.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dnuxari.agent.package=" + home.resolve("package"),
                "-cp",
                // The libraries of the program have what the agent needs: its signatures.
                classes + ":" + Composed.HOME.resolve("cli/target/lib") + "/*",
                MAIN));
        words.addAll(arguments);
        return words;
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            process.destroy();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }
}
