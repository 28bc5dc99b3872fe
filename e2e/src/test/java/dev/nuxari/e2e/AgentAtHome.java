package dev.nuxari.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The agent's program on a host that is a folder of a test, started by the launcher of its package. A policy has to belong to root: whoever
 * is not root gets a user namespace in which they are.
 */
final class AgentAtHome implements AutoCloseable {
    /** As systemd does it: again when it ends for a restart. None of it outlives this test. */
    private static final String SERVICE =
            "while :; do setpriv --pdeathsig KILL -- \"$@\"; status=$?; [ $status -eq 75 ] || exit $status; done";

    /** How long a release may take to check in. */
    private static final String TRIAL_SECONDS = "60";

    private final Path home;
    private final AgentImage image;
    private final Path policy;
    private final Path log;
    private @Nullable Process process;

    AgentAtHome(Path home, AgentImage image) throws IOException {
        this.home = home;
        this.image = image;
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
        return ended(more);
    }

    Program.Ended status() {
        return ended(List.of("status", "--folder", folder(), "--policy", policy.toString()));
    }

    void run() throws IOException {
        List<String> words = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL", "--"));
        words.addAll(asRoot());
        words.addAll(List.of("sh", "-c", SERVICE, "service", image.launcher().toString()));
        words.addAll(List.of("run", "--folder", folder(), "--policy", policy.toString()));
        ProcessBuilder service =
                new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile());
        service.environment().put("NUXARI_AGENT_TRIAL_SECONDS", TRIAL_SECONDS);
        process = service.start();
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

    private Program.Ended ended(List<String> arguments) {
        List<String> words = new ArrayList<>(asRoot());
        words.add(image.launcher().toString());
        words.addAll(arguments);
        return Program.other(words.toArray(String[]::new));
    }

    private static List<String> asRoot() {
        boolean root = "root".equals(System.getProperty("user.name"));
        return root ? List.of() : List.of("unshare", "--map-root-user", "--");
    }

    @Override
    public void close() throws InterruptedException {
        if (process == null) {
            return;
        }
        // The shell that starts it again first: what is below it is nobody's any more afterwards.
        List<ProcessHandle> all = process.descendants().toList();
        process.destroy();
        all.forEach(ProcessHandle::destroy);
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        for (ProcessHandle one : all) {
            try {
                one.onExit().get(20, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                one.destroyForcibly();
            }
        }
    }
}
