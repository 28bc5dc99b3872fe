package dev.nuxari.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.transparency.LogSource;
import dev.nuxari.transparency.Verification.Refuted;
import java.io.IOException;
import java.util.Optional;

/** Follows a log's manifests, step by step, from one that is trusted to the newest. */
public final class KeyChain {
    /** Nobody replaces a key so often; a server that says so is not believed. */
    private static final int LONGEST = 1_000;

    private KeyChain() {}

    /** Where the chain leads. */
    public sealed interface Answer {}

    /** Each manifest follows the one before it. */
    public record Followed(KeyManifest newest) implements Answer {}

    /** What the log serves does not follow from what is trusted. */
    public record Broken(String resource, String reason) implements Answer {}

    /** What a resource holds: a manifest, something else and why, or nothing. */
    private record Found(Optional<KeyManifest> manifest, String reason) {}

    /** The resource with the manifest of one version. */
    public static String resource(int version) {
        return LogSource.KEYS + "?version=" + version;
    }

    /**
     * Reads every manifest after the trusted one. Where the log serves none, or an older one as copies do, the trusted one is the
     * newest that is known.
     *
     * @throws IOException if the log cannot be read, which says nothing about it
     */
    public static Answer follow(KeyManifest trusted, LogSource log) throws IOException {
        Found newest = read(log, LogSource.KEYS);
        if (newest.manifest().isEmpty()) {
            return newest.reason().isEmpty() ? new Followed(trusted) : new Broken(LogSource.KEYS, newest.reason());
        }
        KeyManifest served = newest.manifest().get();
        if (served.version() <= trusted.version()) {
            return served.version() < trusted.version() || served.hash().equals(trusted.hash())
                    ? new Followed(trusted)
                    : new Broken(
                            LogSource.KEYS, "is another version %d than the trusted one".formatted(trusted.version()));
        }
        if (served.version() - trusted.version() > LONGEST) {
            return new Broken(LogSource.KEYS, "is %d versions further".formatted(served.version() - trusted.version()));
        }
        return walk(trusted, served, log);
    }

    private static Answer walk(KeyManifest trusted, KeyManifest served, LogSource log) throws IOException {
        KeyManifest reached = trusted;
        while (reached.version() < served.version()) {
            int version = reached.version() + 1;
            String resource = version == served.version() ? LogSource.KEYS : resource(version);
            Found next = version == served.version() ? new Found(Optional.of(served), "") : read(log, resource);
            if (next.manifest().isEmpty()) {
                return new Broken(resource, next.reason().isEmpty() ? "is not served" : next.reason());
            }
            if (next.manifest().get().follows(reached) instanceof Refuted(String reason)) {
                return new Broken(resource, "does not hold: " + reason);
            }
            reached = next.manifest().get();
        }
        return new Followed(reached);
    }

    private static Found read(LogSource log, String resource) throws IOException {
        Optional<byte[]> found = log.read(resource);
        try {
            return new Found(found.map(bytes -> KeyManifest.parse(Json.parseObject(new String(bytes, UTF_8)))), "");
        } catch (JsonException e) {
            return new Found(Optional.empty(), "is no key manifest: " + e.getMessage());
        }
    }
}
