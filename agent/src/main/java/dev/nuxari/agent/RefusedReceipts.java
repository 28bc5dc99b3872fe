package dev.nuxari.agent;

import dev.nuxari.agent.DurableFile.Content;
import dev.nuxari.agent.Memory.Waiting;
import dev.nuxari.kernel.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Receipts that the server refuses for good, one file each: signed words on what was done here, which nobody else has. They stay until somebody
 * on the host takes them away.
 */
final class RefusedReceipts {
    /** With more of them something is wrong that should be seen to before anything else is done. */
    static final int MOST = 1_000;

    private final Path folder;

    RefusedReceipts(AgentFolder folder) {
        this.folder = folder.refusedReceipts();
    }

    /** Returns when it is on disk; says where. The same one again is the same file. */
    Path keep(Waiting receipt, String why, Instant now) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(String.format(Locale.ROOT, "%019d", receipt.number()));
        DurableFile.secret(file)
                .write(Json.object(
                        "v",
                        1,
                        "number",
                        receipt.number(),
                        "packageHash",
                        receipt.packageHash(),
                        "refusedAt",
                        now,
                        "why",
                        why,
                        "envelope",
                        receipt.envelope().json()));
        return file;
    }

    int count() throws IOException {
        return files().size();
    }

    boolean isFull() throws IOException {
        return count() >= MOST;
    }

    /** How many there are, and what the server said last; empty if there are none. */
    Optional<String> said() throws IOException {
        List<Path> files = files();
        if (files.isEmpty()) {
            return Optional.empty();
        }
        String last = switch (DurableFile.secret(files.getLast()).read()) {
            case Content.Read(Json.Obj kept) -> kept.string("why");
            case Content.Corrupt(String reason) -> reason;
            case Content.Missing() -> "it is gone";
        };
        return Optional.of(
                "%d receipts the server will never take (%s), kept in %s".formatted(files.size(), last, folder));
    }

    private List<Path> files() throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(path -> !path.toString().endsWith(".new"))
                    .sorted()
                    .toList();
        }
    }
}
