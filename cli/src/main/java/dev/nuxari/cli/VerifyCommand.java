package dev.nuxari.cli;

import dev.nuxari.cli.terminal.Table;
import dev.nuxari.cli.terminal.Terminal;
import dev.nuxari.cli.verify.Verdict;
import dev.nuxari.kernel.Brief;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.protocol.AuditExport;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Verifies an evidence package, or exported audit events, without any server. */
@Command(
        name = "verify",
        description = "Verify an exported evidence package or audit export. Needs no network and no server.",
        footer = {
            "",
            "Examples:",
            "  nuxari verify package.json",
            "  nuxari verify package.json --trusted-root keys.json",
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
        byte[] bytes = LocalFile.read(file);
        if (!AuditExport.claims(bytes) && bytes.length > LocalFile.most(16)) {
            throw LocalFile.tooLarge(file, LocalFile.most(16));
        }
        Optional<byte[]> root = Optional.ofNullable(trustedRoot).map(LocalFile::readAsJson);
        Verdict result;
        try {
            result = Verdict.of(bytes, root);
        } catch (JsonException e) {
            throw new Usage(trustedRoot + " is no key manifest: " + Brief.of(String.valueOf(e.getMessage())));
        }
        terminal.answer(result.json(), () -> {
            terminal.line(terminal.colours().strong(Table.harmless(result.conclusion())));
            result.print(terminal);
        });
        return result.verified() ? Exit.DONE.code() : Exit.REFUSED.code();
    }
}
