package dev.nuxari.platform;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The server, running as a process of its own. It ends with this JVM, however that ends. */
public final class ServerProcess implements AutoCloseable {
    private static final String TERMINATE = "TERM";
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(3);
    private static final Duration RECORDS_WITHIN = Duration.ofMinutes(4);

    private final Child child;
    private final int port;

    private ServerProcess(Child child, int port) {
        this.child = child;
        this.port = port;
    }

    /** Starts it and returns when it is ready. */
    static ServerProcess start(ServerProgram program, ServerOptions options, Progress progress) {
        Ports.requireFree(options.port(), "the server");
        if (options.recorded() && program.mayBeRecorded()) {
            program.recordOnce(() -> {
                progress.step("Recording how the server starts, so that it starts faster (once for each build)");
                record(program, options);
                progress.done();
            });
        }
        Child child = Child.start(order(program, options), options.lifetime());
        URI health = URI.create("http://127.0.0.1:" + options.port() + "/health/ready");
        long deadline = System.nanoTime() + STARTS_WITHIN.toNanos();
        while (!Http.isOk(health)) {
            if (child.endsWithin(Duration.ofMillis(50))) {
                throw explain(child);
            }
            if (System.nanoTime() > deadline) {
                int last = Http.status(health);
                child.stop(TERMINATE, Duration.ofSeconds(10));
                throw new PlatformFailure("The server is not ready after " + STARTS_WITHIN.toSeconds() + " s: " + health
                        + " answered " + last + " (log: " + child.log() + ")");
            }
        }
        return new ServerProcess(child, options.port());
    }

    /** A start that ends as soon as the server could serve. A recording that fails is no reason not to start. */
    private static void record(ServerProgram program, ServerOptions options) throws IOException {
        Path output = program.folder().resolve("recording.aot");
        Map<String, String> settings = new TreeMap<>(options.settings());
        settings.put("server.port", "0");
        Child child = Child.start(
                new Child.Order(
                        "the recording of the server",
                        List.of(),
                        words(
                                program,
                                List.of("-XX:AOTCacheOutput=" + output, "-Dspring.context.exit=onRefresh"),
                                settings),
                        options.secrets(),
                        options.data().resolve("logs").resolve("server-recording.log"),
                        TERMINATE),
                Lifetime.OURS);
        if (!child.endsWithin(RECORDS_WITHIN)) {
            child.stop("KILL", Duration.ofSeconds(5));
        }
        if (child.succeeded() && Files.exists(output)) {
            Files.move(output, program.aotCache(), StandardCopyOption.ATOMIC_MOVE);
        } else {
            program.doNotRecordAgain();
        }
    }

    private static Child.Order order(ServerProgram program, ServerOptions options) {
        Map<String, String> settings = new TreeMap<>(options.settings());
        settings.put("server.port", Integer.toString(options.port()));
        return new Child.Order(
                "the server",
                List.of(),
                words(program, program.flags(), settings),
                options.secrets(),
                options.data().resolve("logs").resolve("server.log"),
                TERMINATE);
    }

    // Flags must be the same when recording and when running, or the JVM drops what was recorded.
    private static List<String> words(ServerProgram program, List<String> flags, Map<String, String> settings) {
        List<String> words = new ArrayList<>(List.of(ServerProgram.java(), "-Xms48m", "-Xmx384m"));
        words.addAll(List.of("-XX:+UseSerialGC", "-XX:MaxMetaspaceSize=192m", "-XX:ReservedCodeCacheSize=96m"));
        words.addAll(List.of("-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED"));
        words.addAll(flags);
        words.addAll(List.of("-jar", program.jar().toString()));
        settings.forEach((name, value) -> words.add("--" + name + "=" + value));
        return words;
    }

    private static PlatformFailure explain(Child child) {
        String output = child.output();
        if (PlatformFailure.isFullDisk(output)) {
            return new PlatformFailure("The disk is full: the server cannot work. Free some space and start again.");
        }
        return new PlatformFailure("The server does not start: " + reason(output) + " (log: " + child.log() + ")");
    }

    private static String reason(String output) {
        List<String> lines = output.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        int description = lines.lastIndexOf("Description:");
        if (description >= 0 && description + 1 < lines.size()) {
            return lines.get(description + 1);
        }
        return lines.stream()
                .filter(line -> line.startsWith("Caused by:") || line.contains(" ERROR "))
                .reduce((_, last) -> last)
                .orElseGet(() -> lines.isEmpty() ? "it ended without a word" : lines.getLast());
    }

    public long pid() {
        return child.pid();
    }

    public int port() {
        return port;
    }

    public boolean alive() {
        return child.alive();
    }

    public Path log() {
        return child.log();
    }

    /** Lets requests in progress end, and stops. */
    @Override
    public void close() {
        child.stop(TERMINATE, Duration.ofSeconds(35));
    }
}
