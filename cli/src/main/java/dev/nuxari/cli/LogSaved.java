package dev.nuxari.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.transparency.SignedNote;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is kept of a log that was verified, where its operator cannot reach it. */
final class LogSaved {
    @Option(
            names = "--save",
            paramLabel = "FILE",
            description = "Keep the verified checkpoint here, for the next time.")
    private @Nullable Path checkpoint;

    @Option(
            names = "--save-keys",
            paramLabel = "FILE",
            description = "Keep the newest keys that follow from the trusted ones here.")
    private @Nullable Path keys;

    boolean keepsCheckpoint() {
        return checkpoint != null;
    }

    boolean keepsKeys() {
        return keys != null;
    }

    /** Before the log is read, which may take long. */
    void mustFit(LogTrust.Answer trusted) {
        boolean unknown =
                trusted instanceof LogTrust.Trusted known && known.newest().isEmpty();
        if (keys != null && unknown) {
            throw new Usage("--save-keys needs --trusted-root.");
        }
    }

    void checkpoint(SignedNote verified) {
        if (checkpoint != null) {
            LocalFile.replace(checkpoint, verified.encoded().getBytes(UTF_8));
        }
    }

    void keys(LogTrust.Answer trusted) {
        Path file = keys;
        if (file != null && trusted instanceof LogTrust.Trusted known) {
            known.newest()
                    .ifPresent(newest -> LocalFile.replace(file, newest.json().canonicalBytes()));
        }
    }
}
