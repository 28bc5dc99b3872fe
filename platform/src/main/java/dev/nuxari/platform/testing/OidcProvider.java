package dev.nuxari.platform.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.platform.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * npm's {@code oidc-provider} as a process of its own, beside a module of this build: a provider of OpenID Connect that nobody
 * here has written, as honest as it is told to be ({@code e2e/oidc/provider.mjs} says what it can be told). It ends with this
 * JVM, because its input does.
 */
public final class OidcProvider implements AutoCloseable {
    public static final String CLIENT = "nuxari";

    /** Long enough to be a key of HS256. */
    public static final String SECRET = "a-secret-for-tests-only-of-a-provider";

    private static final Path SOURCE = Path.of("..", "e2e", "oidc");
    private static final Path INSTALLED = Path.of("target", "oidc");
    private static final String LISTENS = "listening";

    private final int port = Ports.free();
    private @Nullable Process process;

    /** As discovery has it, unless it lies about that. */
    public URI issuer() {
        return URI.create("http://localhost:" + port);
    }

    public URI at(String path) {
        return issuer().resolve(path);
    }

    /**
     * Starts it, or starts it anew, and returns when it answers.
     *
     * @param redirectUri the only one of our client
     * @param more the people and whatever else it is to do
     */
    public OidcProvider start(String redirectUri, Json.Obj more) {
        close();
        Json.Obj settings = more.with("port", port)
                .with("client", Json.object("id", CLIENT, "secret", SECRET, "redirectUri", redirectUri));
        try {
            Process started = new ProcessBuilder("node", "provider.mjs")
                    .directory(installed().toFile())
                    .redirectError(errors().toFile())
                    .start();
            process = started;
            started.getOutputStream().write((settings.canonical() + "\n").getBytes(UTF_8));
            started.getOutputStream().flush();
            awaitListening(started);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start oidc-provider", e);
        }
        return this;
    }

    private void awaitListening(Process started) throws IOException {
        var output = new BufferedReader(new InputStreamReader(started.getInputStream(), UTF_8));
        String line = output.readLine();
        while (line != null && !line.equals(LISTENS)) {
            line = output.readLine();
        }
        if (line == null) {
            throw new IllegalStateException("oidc-provider ended: " + Files.readString(errors()));
        }
    }

    private Path errors() {
        return INSTALLED.resolve("provider-" + port + ".err");
    }

    /** By the lock file, once for each build of the module, whose tests may run in several processes. */
    private static synchronized Path installed() throws IOException {
        Files.createDirectories(INSTALLED);
        try (FileChannel alone = FileChannel.open(
                        INSTALLED.resolve("installing"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = alone.lock()) {
            for (String name : List.of("package.json", ".npmrc", "provider.mjs")) {
                copy(name);
            }
            if (copy("package-lock.json") || !Files.isDirectory(INSTALLED.resolve("node_modules"))) {
                npmCi();
            }
        }
        return INSTALLED;
    }

    /** Answers whether it was another before. */
    private static boolean copy(String name) throws IOException {
        Path target = INSTALLED.resolve(name);
        boolean same = Files.exists(target) && Files.mismatch(SOURCE.resolve(name), target) < 0;
        if (!same) {
            Files.write(target, Files.readAllBytes(SOURCE.resolve(name)));
        }
        return !same;
    }

    private static void npmCi() throws IOException {
        Process npm = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--prefer-offline")
                .directory(INSTALLED.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(npm.getInputStream().readAllBytes(), UTF_8);
        try {
            if (npm.waitFor() != 0) {
                throw new IllegalStateException("npm ci failed: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroy();
            try {
                process.waitFor(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            process = null;
        }
    }
}
