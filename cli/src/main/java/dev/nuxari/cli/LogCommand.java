package dev.nuxari.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.cli.api.RemoteLog;
import dev.nuxari.cli.api.Unreachable;
import dev.nuxari.cli.terminal.Terminal;
import dev.nuxari.kernel.Brief;
import dev.nuxari.protocol.AuditEventRule;
import dev.nuxari.transparency.LogSource;
import dev.nuxari.transparency.LogVerification;
import dev.nuxari.transparency.LogVerification.Verified;
import dev.nuxari.transparency.LogVerifier;
import dev.nuxari.transparency.SignedNote;
import dev.nuxari.transparency.VerifierKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The organization's transparency log, seen from outside. */
@Command(
        name = "log",
        description = "Verify the organization's transparency log from outside.",
        footer = {
            "",
            "Examples:",
            "  nuxari log verify --trusted-root keys.json --save checkpoint",
            "  nuxari log verify --trusted-root keys.json --from checkpoint --save checkpoint",
            "  nuxari log verify --url https://nuxari.example/log/0198… --vkey 'nuxari.example/log/0198…+1a2b3c4d+AQ…'"
        })
final class LogCommand {
    private final Terminal terminal;
    private final Door door;

    LogCommand(Terminal terminal, Door door) {
        this.terminal = terminal;
        this.door = door;
    }

    @Command(
            name = "verify",
            description = {
                "Read the whole log - its checkpoint, every entry and every tile - and verify that it is what its key signed.",
                "With --from it is also verified that the log has only grown since then: keep a checkpoint where the"
                        + " log's operator cannot reach it."
            },
            footer = {"", "Exit code 0: verified. 1: refuted; the first line says where. 3: the log cannot be read."})
    int verify(
            @Option(
                            names = "--url",
                            paramLabel = "URL",
                            description = "The log's address, https://…/log/<organizationId>, or a folder with a copy;"
                                    + " by default the log of the organization you are signed in to.")
                    @Nullable
                    String url,
            @ArgGroup(multiplicity = "1") LogTrust trust,
            @Option(names = "--from", paramLabel = "FILE", description = "A checkpoint you kept.") @Nullable Path from,
            @Option(
                            names = "--save",
                            paramLabel = "FILE",
                            description = "Keep the verified checkpoint here, for the next time.")
                    @Nullable
                    Path save,
            @Option(
                            names = "--token-file",
                            paramLabel = "FILE",
                            description = "A file with the bearer token the server asks for; by default your sign-in.")
                    @Nullable
                    Path tokenFile)
            throws IOException {
        LogSource log = source(url, tokenFile);
        List<VerifierKey> keys = trust.keys(log);
        LogVerification verification = new LogVerifier(keys, log, rule(keys))
                .verify(Optional.ofNullable(from).map(LogCommand::checkpoint), new SignOfLife(terminal));
        if (save != null && verification instanceof Verified verified) {
            LocalFile.replace(save, verified.checkpoint().encoded().getBytes(UTF_8));
        }
        var answer = new LogAnswer(verification);
        answer.print(terminal, save != null);
        return (answer.verified() ? Exit.DONE : Exit.REFUSED).code();
    }

    private LogSource source(@Nullable String url, @Nullable Path tokenFile) {
        Optional<URI> address = Optional.ofNullable(url).map(LogCommand::address);
        if (address.isPresent() && address.get().getScheme() == null) {
            return folder(Path.of(String.valueOf(url)));
        }
        if (tokenFile == null) {
            return door.log(address);
        }
        String token = new String(LocalFile.read(tokenFile), UTF_8).strip();
        return new RemoteLog(
                address.orElseThrow(() -> new Usage("--token-file needs --url.")), () -> Optional.of(token));
    }

    /** What cannot be read is not refuted. */
    private static LogSource folder(Path folder) {
        LogSource log = LogSource.of(folder);
        return path -> {
            try {
                return log.read(path);
            } catch (IOException e) {
                throw new Unreachable("The log cannot be read: " + e.getMessage(), e);
            }
        };
    }

    private static URI address(String url) {
        URI address;
        try {
            address = URI.create(url);
        } catch (IllegalArgumentException _) {
            throw new Usage("--url is no address: " + url);
        }
        if (address.getScheme() != null && !List.of("http", "https").contains(address.getScheme())) {
            throw new Usage("--url is an http or https address, or a folder: " + url);
        }
        return address;
    }

    private static AuditEventRule rule(List<VerifierKey> keys) {
        try {
            return new AuditEventRule(keys.getFirst().name());
        } catch (IllegalArgumentException e) {
            throw new Usage("This key is not of a log of Nuxari: " + Brief.of(String.valueOf(e.getMessage())));
        }
    }

    private static SignedNote checkpoint(Path file) {
        try {
            return SignedNote.parse(LocalFile.readAsJson(file));
        } catch (IllegalArgumentException e) {
            throw new Usage(file + " is no checkpoint: " + Brief.of(String.valueOf(e.getMessage())));
        }
    }
}
