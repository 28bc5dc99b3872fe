package dev.nuxari.agent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.agent.action.HostPrograms;
import dev.nuxari.agent.action.HostRoot;
import dev.nuxari.agent.evidence.EvidenceKey;
import dev.nuxari.agent.evidence.EvidenceVault;
import dev.nuxari.agent.observe.Access;
import dev.nuxari.agent.observe.Configuration;
import dev.nuxari.agent.observe.HostFiles;
import dev.nuxari.agent.observe.Journal;
import dev.nuxari.agent.observe.Logins;
import dev.nuxari.agent.observe.Packages;
import dev.nuxari.agent.posture.PosturePack;
import dev.nuxari.agent.posture.SignedPack;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.protocol.KeyName;
import dev.nuxari.protocol.VerificationKey;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What somebody on the host can ask of what the agent has seen there: {@code evidence}, {@code posture}. */
final class HostCommands {
    private static final long ROOT = 0;
    private static final String FOLDER = "--folder";

    private final PrintStream out;

    HostCommands(PrintStream out) {
        this.out = out;
    }

    /** What the agent of this host looks at. */
    static Watch watch(AgentFolder folder, Instant now) throws IOException {
        return new Watch(
                HostRoot.THIS,
                ROOT,
                List.of(
                        new Access(),
                        new PostureShelf(folder.posture()),
                        new Logins(new Journal(HostPrograms.DEBIAN, new DurableBookmark(folder.journal()))),
                        new Configuration(),
                        new Packages()),
                new EvidenceSafe(folder).vault(EvidenceVault.Limits.USUAL, now));
    }

    private static String first(List<String> words) {
        if (words.isEmpty()) {
            throw new Options.Misused("something is missing");
        }
        return words.getFirst();
    }

    private static List<String> rest(List<String> words) {
        return words.subList(1, words.size());
    }

    private static AgentFolder folder(Options options) {
        return new AgentFolder(Path.of(options.find(FOLDER).orElse("/var/lib/nuxari-agent")));
    }

    int evidence(List<String> words) throws IOException {
        try {
            return switch (first(words)) {
                case "list" -> list(Options.parse(rest(words), Set.of(FOLDER)));
                case "show" -> show(first(rest(words)), Options.parse(rest(rest(words)), Set.of(FOLDER, "--raw")));
                default -> throw new Options.Misused("evidence list, or evidence show DIGEST");
            };
        } catch (AccessDeniedException e) {
            out.println("Only root and the agent's own user can read the evidence of this host.");
            return NuxariAgent.REFUSED;
        }
    }

    private static EvidenceVault vault(AgentFolder folder) throws IOException {
        return switch (new EvidenceSafe(folder).state()) {
            case EvidenceSafe.State.Good(EvidenceKey key) ->
                new EvidenceVault(folder.evidence(), key, EvidenceVault.Limits.USUAL);
            case EvidenceSafe.State.Never() -> throw new AgentFolder.Unusable("There is no evidence here.");
            case EvidenceSafe.State.Lost(String message) -> throw new AgentFolder.Unusable(message);
        };
    }

    private int list(Options options) throws IOException {
        for (EvidenceVault.Entry entry : vault(folder(options)).list()) {
            out.printf(
                    "%s %-20s %s %s %d%n", entry.digest(), entry.source(), entry.first(), entry.last(), entry.bytes());
        }
        return NuxariAgent.DONE;
    }

    private int show(String digest, Options options) throws IOException {
        return switch (vault(folder(options)).open(digest)) {
            case EvidenceVault.Opened.Same(String _, String text) -> {
                byte[] bytes = options.has("--raw")
                        ? text.getBytes(ISO_8859_1)
                        : (printable(text) + "This is what was read: its SHA-256 is " + digest + ".\n").getBytes(UTF_8);
                out.write(bytes, 0, bytes.length);
                out.flush();
                yield NuxariAgent.DONE;
            }
            case EvidenceVault.Opened.Missing() -> {
                out.println("Nothing with this digest is kept here, or not any more.");
                yield NuxariAgent.REFUSED;
            }
            case EvidenceVault.Opened.Unreadable(String reason) -> {
                out.println("It cannot be opened: " + reason + ".");
                yield NuxariAgent.REFUSED;
            }
        };
    }

    /** What was read may be written by anybody: nothing of it commands the terminal. */
    private static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter == '\n' || letter == '\t' || (letter >= ' ' && letter <= '~')) {
                printable.append(letter);
            } else {
                printable.append(String.format("\\x%02x", (int) letter));
            }
        }
        return printable.toString();
    }

    int posture(List<String> words) throws IOException {
        return switch (first(words)) {
            case "check" -> check(Options.parse(rest(words), Set.of(FOLDER)));
            case "take" -> take(first(rest(words)), Options.parse(rest(rest(words)), Set.of(FOLDER, "--key")));
            default -> throw new Options.Misused("posture check, or posture take FILE");
        };
    }

    private int check(Options options) throws IOException {
        PosturePack pack = new PostureShelf(folder(options).posture()).current();
        out.printf("%s, version %d%n", pack.source(), pack.version());
        for (PosturePack.Verdict verdict : pack.verdicts(new HostFiles(HostRoot.THIS, ROOT))) {
            out.printf("%-14s %-32s %s%n", Spelling.of(verdict.result()), verdict.check(), verdict.title());
        }
        return NuxariAgent.DONE;
    }

    private int take(String file, Options options) throws IOException {
        AgentFolder folder = folder(options);
        if (Files.size(Path.of(file)) > SignedPack.LARGEST) {
            out.println("Refused: it is too large.");
            return NuxariAgent.REFUSED;
        }
        VerificationKey.Ed25519 key =
                options.has("--key") ? PostureShelf.key(Path.of(options.require("--key"))) : actionKey(folder);
        String envelope = new String(Files.readAllBytes(Path.of(file)), UTF_8);
        return switch (new PostureShelf(folder.posture()).take(envelope, key)) {
            case SignedPack.Answer.Taken(PosturePack pack) -> {
                out.printf("%s is now version %d.%n", pack.source(), pack.version());
                yield NuxariAgent.DONE;
            }
            case SignedPack.Answer.Refused(String reason) -> {
                out.println("Refused: " + reason + ".");
                yield NuxariAgent.REFUSED;
            }
        };
    }

    /** Whoever may give this host orders may give it checks. */
    private static VerificationKey.Ed25519 actionKey(AgentFolder folder) throws IOException {
        if (folder.state().read() instanceof DurableFile.Content.Read(Json.Obj state)
                && Memory.parse(state).keys().key(KeyName.ACTION).key() instanceof VerificationKey.Ed25519 key) {
            return key;
        }
        throw new AgentFolder.Unusable("This host is not enrolled: say whose pack it is with --key.");
    }
}
