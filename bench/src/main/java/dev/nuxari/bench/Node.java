package dev.nuxari.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.platform.StackFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The stack's server in the same place with another heap, which can be stopped and started again. */
final class Node implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final URI url;
    private final List<String> command;
    private final List<String> environment;
    private final Path log;
    private @Nullable Process process;

    private Node(URI url, List<String> command, List<String> environment, Path log) {
        this.url = url;
        this.command = command;
        this.environment = environment;
        this.log = log;
    }

    /** Instead of the server that the stack has started, which ends; with another heap. */
    static Node insteadOf(StackFile stack, List<String> heap, Path log) {
        return insteadOf(stack, log, word -> word.startsWith("-Xmx") ? heap : List.of(word));
    }

    /** The same, of which others are told this address. */
    static Node behind(StackFile stack, URI address, Path log) {
        String setting = "--nuxari.public.base-url=";
        return insteadOf(stack, log, word -> List.of(word.startsWith(setting) ? setting + address : word));
    }

    private static Node insteadOf(StackFile stack, Path log, Function<String, List<String>> change) {
        long pid = (long) stack.content().object("server").number("pid");
        List<String> words = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL", "--"));
        words(pid, "cmdline").stream().map(change).forEach(words::addAll);
        var node = new Node(URI.create(stack.url()), words, words(pid, "environ"), log);
        ProcessHandle first = ProcessHandle.of(pid).orElseThrow();
        first.destroy();
        first.onExit().orTimeout(60, TimeUnit.SECONDS).join();
        node.start();
        return node;
    }

    private static List<String> words(long pid, String file) {
        try {
            return Arrays.stream(Files.readString(Path.of("/proc", Long.toString(pid), file), UTF_8)
                            .split("\0", -1))
                    .filter(word -> !word.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns when it is ready. */
    void start() {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        for (String variable : environment) {
            String[] parts = variable.split("=", 2);
            builder.environment().put(parts[0], parts[1]);
        }
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!isReady()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the server is not ready: " + log);
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private boolean isReady() {
        try {
            var connection =
                    (HttpURLConnection) url.resolve("/health/ready").toURL().openConnection();
            connection.setConnectTimeout(1000);
            connection.setReadTimeout(5000);
            return connection.getResponseCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    /** As an operator stops it. */
    void stop() {
        Process running = process;
        if (running != null) {
            running.destroy();
            running.onExit().orTimeout(60, TimeUnit.SECONDS).join();
        }
    }

    long pid() {
        return process == null ? 0 : process.pid();
    }

    @Override
    public void close() {
        stop();
    }
}
