package dev.nuxari.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.cli.api.Credential;
import dev.nuxari.cli.api.RemoteLog;
import dev.nuxari.cli.api.Unreachable;
import dev.nuxari.cli.terminal.Terminal;
import dev.nuxari.kernel.Brief;
import dev.nuxari.protocol.AuditEventRule;
import dev.nuxari.transparency.LogCopy;
import dev.nuxari.transparency.LogKey;
import dev.nuxari.transparency.LogSource;
import dev.nuxari.transparency.LogVerification;
import dev.nuxari.transparency.LogVerification.Refuted;
import dev.nuxari.transparency.LogVerification.Stretch;
import dev.nuxari.transparency.LogVerification.Verified;
import dev.nuxari.transparency.LogVerifier;
import dev.nuxari.transparency.SignedNote;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The organization's transparency log, seen from outside. */
@Command(
        name = "log",
        description = "Verify and copy the organization's transparency log from outside.",
        footer = {
            "",
            "Examples:",
            "  nuxari log verify --trusted-root keys.json --save checkpoint",
            "  nuxari log verify --trusted-root keys.json --from checkpoint --save checkpoint --save-keys keys.json",
            "  nuxari log verify --trusted-root keys.json --witnesses 2 --witness-keys witnesses",
            "  nuxari log archive log-of-acme --trusted-root keys.json",
            "  nuxari log verify --url log-of-acme --trusted-root keys.json",
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
                        + " log's operator cannot reach it.",
                "With --witnesses the newest checkpoint is taken that so many agents have cosigned, of those whose keys you name:"
                        + " they were shown the same log as you."
            },
            footer = {
                "",
                "Exit code 0: verified. 1: refuted; the first line says where. 3: the log cannot be read. 4: not shown; nothing is"
                        + " wrong with the log, and the server cannot show as many cosignatures of the named witnesses, or of as"
                        + " much as the checkpoint of --from."
            })
    int verify(
            @Option(
                            names = "--url",
                            paramLabel = "URL",
                            description = "The log's address, https://…/log/<organizationId>, or a folder with a copy;"
                                    + " by default the log of the organization you are signed in to.")
                    @Nullable
                    String url,
            @ArgGroup(multiplicity = "1") LogTrust trust,
            @Mixin LogSeen seen,
            @Mixin LogSaved saved,
            @Option(
                            names = "--token-file",
                            paramLabel = "FILE",
                            description = "A file with the bearer token the server asks for; by default your sign-in.")
                    @Nullable
                    Path tokenFile)
            throws IOException {
        LogSource newest = source(url, tokenFile);
        LogSource log = seen.of(newest);
        LogTrust.Answer trusted = trust.answer(log);
        saved.mustFit(trusted);
        seen.mustFit(trusted);
        Optional<SignedNote> behind = seen.behind(log);
        LogAnswer answer = behind.isPresent()
                ? continued(trusted, newest, seen, behind.get())
                : LogAnswer.of(verification(trusted, log, seen.kept()), log, trusted.newest())
                        .seen(seen);
        answer.verified().ifPresent(verified -> {
            saved.checkpoint(verified.checkpoint());
            saved.keys(trusted);
        });
        answer.print(terminal, saved.keepsCheckpoint());
        if (answer.verified().isPresent() && trusted instanceof LogTrust.Trusted known && known.rotated()) {
            terminal.note(LogAnswer.rotated(known, saved.keepsKeys()));
        }
        return answer.exit().code();
    }

    /** Whether the log as it is now continues what was kept and what the witnesses saw before. */
    private LogAnswer continued(LogTrust.Answer trusted, LogSource newest, LogSeen seen, SignedNote cosigned)
            throws IOException {
        SignedNote kept = seen.kept().orElseThrow();
        LogVerification sinceCosigned = verification(trusted, newest, Optional.of(cosigned));
        if (sinceCosigned instanceof Refuted) {
            return LogAnswer.of(sinceCosigned, newest, Optional.empty());
        }
        LogVerification sinceKept = verification(trusted, newest, Optional.of(kept));
        return sinceKept instanceof Refuted
                ? LogAnswer.of(sinceKept, newest, Optional.empty())
                : LogAnswer.behind(sinceKept, kept, cosigned, seen.witnessed(cosigned));
    }

    private LogVerification verification(LogTrust.Answer trusted, LogSource log, Optional<SignedNote> since)
            throws IOException {
        return switch (trusted) {
            case LogTrust.Trusted(List<LogKey> keys, var _, var _) ->
                new LogVerifier(keys, log, rule(keys)).verify(since, new SignOfLife(terminal));
            case LogTrust.Untrusted(String resource, String reason) -> new Refuted(reason, resource, Stretch.none());
        };
    }

    @Command(
            name = "archive",
            description = {
                "Copy the whole log into a folder, verified while it is read. The next time only what is new is read, and the"
                        + " log has to contain what the folder holds.",
                "The folder verifies without the server: nuxari log verify --url FOLDER. Keep it where the server's operator"
                        + " cannot reach it."
            },
            footer = {
                "",
                "Exit code 0: verified and kept. 1: refuted, and nothing of it kept; the first line says where."
                        + " 3: the log cannot be read."
            })
    int archive(
            @Parameters(paramLabel = "FOLDER", description = "Where the copy is, or is to be.") Path folder,
            @Option(
                            names = "--url",
                            paramLabel = "URL",
                            description = "The log's address, https://…/log/<organizationId>;"
                                    + " by default the log of the organization you are signed in to.")
                    @Nullable
                    String url,
            @ArgGroup(multiplicity = "1") LogTrust trust,
            @Option(
                            names = "--token-file",
                            paramLabel = "FILE",
                            description = "A file with the bearer token the server asks for; by default your sign-in.")
                    @Nullable
                    Path tokenFile)
            throws IOException {
        LogCopy copy = new LogCopy(source(url, tokenFile), folder);
        LogTrust.Answer trusted = trust.answer(copy);
        LogVerification verification = verification(trusted, copy, copied(copy, folder));
        LogAnswer answer = LogAnswer.of(verification, copy, trusted.newest());
        answer.print(terminal, true);
        return (keep(copy, answer.verification()) ? Exit.DONE : Exit.REFUSED).code();
    }

    private boolean keep(LogCopy copy, LogVerification verification) throws IOException {
        return switch (verification) {
            case Verified verified -> {
                copy.complete(verified.checkpoint());
                yield true;
            }
            case Refuted refuted -> {
                if (copy.had(refuted.resource())) {
                    terminal.note(refuted.resource() + " was in the folder. If you delete it there, it is read from the"
                            + " log again.");
                }
                copy.discard();
                yield false;
            }
        };
    }

    private static Optional<SignedNote> copied(LogCopy copy, Path folder) throws IOException {
        try {
            return copy.checkpoint();
        } catch (IllegalArgumentException e) {
            throw new Usage(folder.resolve(LogSource.CHECKPOINT) + " is no checkpoint: " + e.getMessage());
        }
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
                address.orElseThrow(() -> new Usage("--token-file needs --url.")), Credential.bearer(token));
    }

    /** What cannot be read is not refuted. */
    private static LogSource folder(Path folder) {
        LogSource log = LogSource.of(folder);
        return path -> {
            if (path.startsWith(LogSource.CHECKPOINT + "?")) {
                return Optional.empty(); // a copy has one checkpoint, with what was copied of its cosignatures
            }
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

    private static AuditEventRule rule(List<LogKey> keys) {
        try {
            return new AuditEventRule(keys.getFirst().verifier().name());
        } catch (IllegalArgumentException e) {
            throw new Usage("This key is not of a log of Nuxari: " + Brief.of(String.valueOf(e.getMessage())));
        }
    }
}
