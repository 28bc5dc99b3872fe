package dev.nuxari.cli;

import dev.nuxari.cli.terminal.Table;
import dev.nuxari.cli.terminal.Terminal;
import dev.nuxari.cli.verify.Verdict;
import dev.nuxari.kernel.Brief;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.protocol.AuditExport;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Verifies an evidence package, a collection of them, or exported audit events, without any server. */
@Command(
        name = "verify",
        description =
                "Verify an exported evidence package, evidence collection or audit export. Needs no network and no server.",
        footer = {
            "",
            "Examples:",
            "  nuxari verify package.json",
            "  nuxari verify package.json --trusted-root keys.json",
            "  nuxari verify evidence-2026.jsonl --trusted-root keys.json",
            "  nuxari verify audit.jsonl --trusted-root keys.json",
            "",
            "Exit code 0: every check passed. 1: at least one did not; the first line says which."
        })
final class VerifyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "The exported file.")
    private Path file = Path.of("");

    @Option(
            names = "--trusted-root",
            paramLabel = "FILE",
            description = "The organization's keys, as you got them elsewhere.")
    private @Nullable Path trustedRoot;

    VerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Optional<byte[]> root = Optional.ofNullable(trustedRoot).map(LocalFile::readAsJson);
        Verdict result = verified(root);
        terminal.answer(result.json(), () -> {
            terminal.line(terminal.colours().strong(Table.harmless(result.conclusion())));
            result.print(terminal);
        });
        return result.verified() ? Exit.DONE.code() : Exit.REFUSED.code();
    }

    private Verdict verified(Optional<byte[]> root) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            Optional<Verdict> whileReading = Verdict.whileReading(in, root);
            return whileReading.isPresent() ? whileReading.get() : inMemory(in, root);
        } catch (JsonException e) {
            throw new Usage(trustedRoot + " is no key manifest: " + Brief.of(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            throw LocalFile.unreadable(file, e);
        }
    }

    private Verdict inMemory(InputStream in, Optional<byte[]> root) throws IOException {
        byte[] bytes = LocalFile.rest(file, in, LocalFile.most(4));
        if (!AuditExport.claims(bytes) && bytes.length > LocalFile.most(16)) {
            throw LocalFile.tooLarge(file, LocalFile.most(16));
        }
        return Verdict.of(bytes, root);
    }
}
