package dev.nuxari.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.cli.api.Fields;
import dev.nuxari.kernel.Json;
import dev.nuxari.platform.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The server's process: can be killed without warning, and started again exactly as it was started before. */
final class ServerUnderTest implements AutoCloseable {
    private static final String PUBLIC_URL = "--nuxari.public.base-url=";

    private final URI url;
    private final List<String> command;
    private final List<String> environment;
    private final Path log;
    private long pid;
    private @Nullable Process own;

    ServerUnderTest(Json.Obj stack) {
        this.pid = Fields.number(stack, "server.pid");
        this.url = URI.create(stack.string("url"));
        this.command = words(Path.of("/proc", Long.toString(pid), "cmdline"));
        this.environment = words(Path.of("/proc", Long.toString(pid), "environ"));
        this.log = Composed.DATA.resolve("logs").resolve("server-again.log");
    }

    private ServerUnderTest(ServerUnderTest first, int port, Optional<URI> publicUrl) {
        this.url = URI.create("http://127.0.0.1:" + port);
        this.command = first.command.stream()
                .map(word -> word.startsWith("--server.port=") ? "--server.port=" + port : word)
                .map(word -> word.startsWith(PUBLIC_URL) && publicUrl.isPresent() ? PUBLIC_URL + publicUrl.get() : word)
                .toList();
        this.environment = first.environment;
        this.log = first.log.resolveSibling("server-second.log");
    }

    /** A second node on the same database, not started yet. */
    ServerUnderTest secondNode() {
        return new ServerUnderTest(this, Ports.free(), Optional.empty());
    }

    /** The same, of which others are told this address: somebody else ends TLS there. */
    ServerUnderTest secondNodeBehind(URI publicUrl) {
        return new ServerUnderTest(this, Ports.free(), Optional.of(publicUrl));
    }

    URI url() {
        return url;
    }

    private static List<String> words(Path file) {
        try {
            return Arrays.stream(Files.readString(file, UTF_8).split("\0", -1))
                    .filter(word -> !word.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("cannot read how the server was started", e);
        }
    }

    /** As a power cut would end it: no hook, no goodbye. */
    void kill() {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }

    /** Starts it again and waits until it is ready. */
    void start() {
        List<String> words = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL", "--"));
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        for (String variable : environment) {
            String[] parts = variable.split("=", 2);
            builder.environment().put(parts[0], parts[1]);
        }
        try {
            own = builder.start();
            pid = own.pid();
        } catch (IOException e) {
            throw new IllegalStateException("cannot start the server again", e);
        }
        Eventually.isTrue("the server is ready again", Duration.ofMinutes(2), this::isReady);
    }

    boolean isReady() {
        try {
            HttpRequest request = HttpRequest.newBuilder(url.resolve("/health/ready"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        if (own != null) {
            own.destroy();
            try {
                own.waitFor(40, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
