package dev.nuxari.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Brief;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.protocol.KeyManifest;
import dev.nuxari.protocol.LogIdentity;
import dev.nuxari.transparency.LogSource;
import dev.nuxari.transparency.SignedNote;
import dev.nuxari.transparency.VerifierKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
            description = "The organization's keys, as you got them elsewhere.")
    private Path trustedRoot = Path.of("");

    List<VerifierKey> keys(LogSource log) throws IOException {
        return vkey != null ? List.of(vkey(vkey)) : manifest(trustedRoot, log);
    }

    private static VerifierKey vkey(String text) {
        try {
            return VerifierKey.parse(text);
        } catch (IllegalArgumentException e) {
            throw new Usage("--vkey cannot be read: " + Brief.of(String.valueOf(e.getMessage())));
        }
    }

    private static List<VerifierKey> manifest(Path file, LogSource log) throws IOException {
        byte[] checkpoint = log.read(LogSource.CHECKPOINT).orElse(new byte[0]);
        KeyManifest manifest;
        try {
            manifest = KeyManifest.parse(Json.parseObject(new String(LocalFile.readAsJson(file), UTF_8)));
        } catch (JsonException e) {
            throw new Usage(file + " is no key manifest: " + Brief.of(String.valueOf(e.getMessage())));
        }
        try {
            return LogIdentity.keys(manifest, SignedNote.parse(checkpoint));
        } catch (IllegalArgumentException e) {
            throw new Usage(file + " does not go with this log: " + Brief.of(String.valueOf(e.getMessage())));
        }
    }
}
