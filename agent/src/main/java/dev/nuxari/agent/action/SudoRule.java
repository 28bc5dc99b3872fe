package dev.nuxari.agent.action;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.protocol.agent.ActionType;
import dev.nuxari.protocol.agent.Receipt.Failure;
import dev.nuxari.protocol.agent.Summary;
import dev.nuxari.protocol.agent.SummaryKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/**
 * Puts a file with one rule among sudo's, or takes a file away. The rule is made here, of checked words; visudo reads it before it
 * is placed. The former file stays beside, under a name that sudo skips, to be put back.
 */
final class SudoRule implements Action {
    private static final String FOLDER = "/etc/sudoers.d";
    private static final String BITS = "r--r-----";

    private final ActionType type;
    private final HostRoot root;
    private final Path visudo;

    private SudoRule(ActionType type, HostRoot root, Path visudo) {
        this.type = type;
        this.root = root;
        this.visudo = visudo;
    }

    static SudoRule placing(HostRoot root, Path visudo) {
        return new SudoRule(ActionType.SUDO_RULE_PLACE, root, visudo);
    }

    static SudoRule removing(HostRoot root, Path visudo) {
        return new SudoRule(ActionType.SUDO_RULE_REMOVE, root, visudo);
    }

    @Override
    public ActionType type() {
        return type;
    }

    private Path file(Json.Obj parameters, String ending) {
        return root.resolve(FOLDER).resolve(parameters.string("name") + ending);
    }

    /** The text of the file: its rule, and who made it. */
    static String rule(Json.Obj parameters) {
        return "# Placed by the Nuxari agent.\n%s%s ALL=(%s) %s %s%s\n"
                .formatted(
                        parameters.string("subject").equals("group") ? "%" : "",
                        parameters.string("subjectName"),
                        parameters.string("runAs"),
                        parameters.bool("password") ? "PASSWD:" : "NOPASSWD:",
                        parameters.string("program"),
                        parameters.string("arguments").equals("none") ? " \"\"" : "");
    }

    @Override
    public Sight look(Json.Obj parameters) {
        return Looking.at(() -> {
            if (!Files.isDirectory(root.resolve(FOLDER), LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            Path file = file(parameters, "");
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of(new Sight.Seen(
                        type == ActionType.SUDO_RULE_REMOVE, Summary.of(SummaryKind.SUDO_RULE, "present", false)));
            }
            String digest = Sha256.hexOf(Accounts.read(file));
            boolean asAsked = type == ActionType.SUDO_RULE_PLACE
                    && digest.equals(Sha256.hexOf(rule(parameters).getBytes(US_ASCII)))
                    && PosixFilePermissions.toString(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS))
                            .equals(BITS);
            return Optional.of(
                    new Sight.Seen(asAsked, Summary.of(SummaryKind.SUDO_RULE, "present", true, "digest", digest)));
        });
    }

    @Override
    public Optional<Failure> perform(Json.Obj parameters) {
        try {
            return type == ActionType.SUDO_RULE_PLACE ? place(parameters) : remove(parameters);
        } catch (IOException e) {
            return Optional.of(Failure.REFUSED_BY_HOST);
        }
    }

    private Optional<Failure> place(Json.Obj parameters) throws IOException {
        Path beside = file(parameters, ".nuxari-new");
        try {
            write(beside, rule(parameters));
            Optional<Failure> objection = Program.at(visudo).run(List.of("-c", "-q", "-f", beside.toString()));
            if (objection.isEmpty()) {
                keep(parameters);
                Files.move(beside, file(parameters, ""), StandardCopyOption.ATOMIC_MOVE);
                force();
            }
            return objection;
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static void write(Path file, String rule) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            ByteBuffer bytes = ByteBuffer.wrap(rule.getBytes(US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(BITS));
    }

    private Optional<Failure> remove(Json.Obj parameters) throws IOException {
        keep(parameters);
        Files.deleteIfExists(file(parameters, ""));
        force();
        return Optional.empty();
    }

    /** A second name for the file that is about to go. */
    private void keep(Json.Obj parameters) throws IOException {
        Path kept = file(parameters, ".nuxari-before");
        Files.deleteIfExists(kept);
        if (Files.exists(file(parameters, ""), LinkOption.NOFOLLOW_LINKS)) {
            Files.createLink(kept, file(parameters, ""));
        }
    }

    private void force() throws IOException {
        try (FileChannel folder = FileChannel.open(root.resolve(FOLDER), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    @Override
    public boolean undo(Json.Obj parameters, Summary before) {
        try {
            if (!before.values().bool("present")) {
                Files.deleteIfExists(file(parameters, ""));
            } else {
                Path kept = file(parameters, ".nuxari-before");
                if (!Sha256.hexOf(Accounts.read(kept)).equals(before.values().string("digest"))) {
                    return false;
                }
                Files.move(kept, file(parameters, ""), StandardCopyOption.ATOMIC_MOVE);
            }
            force();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
