package dev.nuxari.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Brief;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.protocol.KeyChain;
import dev.nuxari.protocol.KeyManifest;
import dev.nuxari.protocol.LogIdentity;
import dev.nuxari.transparency.LogKey;
import dev.nuxari.transparency.LogSource;
import dev.nuxari.transparency.SignedNote;
import dev.nuxari.transparency.VerifierKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** On whose word the log is believed. */
final class LogTrust {
    @Option(
            names = "--vkey",
            paramLabel = "KEY",
            description = "The log's key as C2SP writes it: <name>+<key id>+<key>.")
    private @Nullable String vkey;

    @Option(
            names = "--trusted-root",
            paramLabel = "FILE",
            description =
                    "The organization's keys, as you got them elsewhere. If the log key was replaced since, the newer"
                            + " keys are read from the log, and believed if each version follows from the one before.")
    private Path trustedRoot = Path.of("");

    /** What follows from what is trusted. */
    sealed interface Answer {
        /** All of the organization's keys, if that is what was given. */
        Optional<KeyManifest> newest();
    }

    /**
     * These keys are the log's.
     *
     * @param newest the newest manifest that follows from the trusted one, if a manifest is trusted
     * @param since the version of the trusted one, or zero
     */
    record Trusted(List<LogKey> keys, Optional<KeyManifest> newest, int since) implements Answer {
        boolean rotated() {
            return newest.isPresent() && newest.get().version() > since;
        }
    }

    /** The log serves keys that do not follow from the trusted ones. */
    record Untrusted(String resource, String reason) implements Answer {
        @Override
        public Optional<KeyManifest> newest() {
            return Optional.empty();
        }
    }

    Answer answer(LogSource log) throws IOException {
        return vkey != null
                ? new Trusted(List.of(LogKey.current(vkey(vkey))), Optional.empty(), 0)
                : manifest(trustedRoot, log);
    }

    private static VerifierKey vkey(String text) {
        try {
            return VerifierKey.parse(text);
        } catch (IllegalArgumentException e) {
            throw new Usage("--vkey cannot be read: " + Brief.of(String.valueOf(e.getMessage())));
        }
    }

    private static Answer manifest(Path file, LogSource log) throws IOException {
        byte[] checkpoint = log.read(LogSource.CHECKPOINT).orElse(new byte[0]);
        KeyManifest trusted = read(file);
        SignedNote note;
        try {
            note = SignedNote.parse(checkpoint);
            LogIdentity.keys(trusted, note);
        } catch (IllegalArgumentException e) {
            throw new Usage(file + " does not go with this log: " + Brief.of(String.valueOf(e.getMessage())));
        }
        return switch (KeyChain.follow(trusted, log)) {
            case KeyChain.Followed(KeyManifest newest) ->
                new Trusted(LogIdentity.keys(newest, note), Optional.of(newest), trusted.version());
            case KeyChain.Broken(String resource, String reason) -> new Untrusted(resource, reason);
        };
    }

    private static KeyManifest read(Path file) {
        try {
            return KeyManifest.parse(Json.parseObject(new String(LocalFile.readAsJson(file), UTF_8)));
        } catch (JsonException e) {
            throw new Usage(file + " is no key manifest: " + Brief.of(String.valueOf(e.getMessage())));
        }
    }
}
