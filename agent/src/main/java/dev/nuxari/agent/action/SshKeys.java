package dev.nuxari.agent.action;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.ActionType;
import dev.nuxari.protocol.agent.Receipt.Failure;
import dev.nuxari.protocol.agent.SshKey;
import dev.nuxari.protocol.agent.Summary;
import dev.nuxari.protocol.agent.SummaryKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lets a key into an account or keeps it out. The folder belongs to the person whose account it is, who may put anything there: so
 * no link is followed, only a plain file of theirs or of root's is read, and it is replaced whole by one of the same owner.
 */
public final class SshKeys implements Action {
    private static final int LARGEST = 256 * 1024;
    private static final Path NEW = Path.of("authorized_keys.nuxari-new");
    private static final Set<PosixFilePermission> SECRET = PosixFilePermissions.fromString("rw-------");

    /** A key somewhere in a line: there may be options before it, with blanks in quotes, and a comment behind. */
    private static final Pattern KEY =
            Pattern.compile("(?<![^ \t])([a-z0-9@.-]+)[ \t]+([A-Za-z0-9+/]{40,}={0,2})(?![^ \t])");

    private final ActionType type;
    private final HostRoot root;
    private final Accounts accounts;

    private SshKeys(ActionType type, HostRoot root) {
        this.type = type;
        this.root = root;
        this.accounts = new Accounts(root);
    }

    static SshKeys adding(HostRoot root) {
        return new SshKeys(ActionType.SSH_KEY_ADD, root);
    }

    static SshKeys removing(HostRoot root) {
        return new SshKeys(ActionType.SSH_KEY_REMOVE, root);
    }

    @Override
    public ActionType type() {
        return type;
    }

    private static String fingerprint(Json.Obj parameters) {
        return parameters.has("key")
                ? SshKey.parse(parameters.string("key")).orElseThrow().fingerprint()
                : parameters.string("fingerprint");
    }

    /** The fingerprints of a line; none of one that is no key. */
    public static List<String> fingerprints(String line) {
        if (line.stripLeading().startsWith("#")) {
            return List.of();
        }
        Matcher matcher = KEY.matcher(line);
        return matcher.results()
                .map(found -> SshKey.parse(found.group(1) + " " + found.group(2)))
                .flatMap(Optional::stream)
                .map(SshKey::fingerprint)
                .toList();
    }

    @Override
    public Sight look(Json.Obj parameters) {
        return Looking.at(() -> {
            Optional<Accounts.Account> account = accounts.account(parameters.string("account"));
            if (account.isEmpty()) {
                return Optional.empty();
            }
            String text = root.patiently(
                    keys(account.get()),
                    (folder, name) -> read(folder, name, account.get()).text());
            List<String> known =
                    text.lines().flatMap(line -> fingerprints(line).stream()).toList();
            boolean present = known.contains(fingerprint(parameters));
            return Optional.of(new Sight.Seen(
                    present == (type == ActionType.SSH_KEY_ADD),
                    Summary.of(SummaryKind.SSH_KEY, "present", present, "keys", known.size())));
        });
    }

    private static String keys(Accounts.Account account) throws IOException {
        if (!account.home().startsWith("/") || account.home().contains("..")) {
            throw new IOException("no home");
        }
        return account.home() + "/.ssh/authorized_keys";
    }

    /**
     * What stands in the file of keys.
     *
     * @param was whose it was and who might read it; empty if there was none
     */
    record Former(String text, Optional<PosixFileAttributes> was) {}

    /** The file is looked at by its name and opened by its name; that both were the same file is asked when it is open. */
    static Former read(SecureDirectoryStream<Path> folder, Path name, Accounts.Account account) throws IOException {
        PosixFileAttributes was;
        try {
            was = view(folder, name).readAttributes();
        } catch (NoSuchFileException e) {
            return new Former("", Optional.empty());
        }
        long owner = Numbers.of(was.owner());
        if (!was.isRegularFile() || (owner != 0 && owner != account.number()) || was.size() > LARGEST) {
            throw new IOException("not a file of keys");
        }
        try (SeekableByteChannel channel =
                folder.newByteChannel(name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            if (!OpenFiles.have(was.fileKey())) {
                throw new IOException("another file since it was looked at");
            }
            ByteBuffer bytes = ByteBuffer.allocate(LARGEST + 1);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
            if (!bytes.hasRemaining()) {
                throw new IOException("too many keys");
            }
            return new Former(new String(bytes.array(), 0, bytes.position(), ISO_8859_1), Optional.of(was));
        }
    }

    private static PosixFileAttributeView view(SecureDirectoryStream<Path> folder, Path name) {
        return folder.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public Optional<Failure> perform(Json.Obj parameters) {
        return type == ActionType.SSH_KEY_ADD
                ? change(parameters, lines -> Stream.concat(lines, Stream.of(parameters.string("key"))))
                : change(parameters, lines -> without(lines, parameters));
    }

    /** An undone removal would need the key, which is nowhere any more. */
    @Override
    public boolean undo(Json.Obj parameters, Summary before) {
        return type == ActionType.SSH_KEY_ADD
                && change(parameters, lines -> without(lines, parameters)).isEmpty();
    }

    private static Stream<String> without(Stream<String> lines, Json.Obj parameters) {
        return lines.filter(line -> !fingerprints(line).contains(fingerprint(parameters)));
    }

    /** What becomes of the lines. */
    private interface Change {
        Stream<String> of(Stream<String> lines);
    }

    private Optional<Failure> change(Json.Obj parameters, Change change) {
        try {
            Optional<Accounts.Account> account = accounts.account(parameters.string("account"));
            if (account.isEmpty()) {
                return Optional.of(Failure.NOT_FOUND);
            }
            root.patiently(keys(account.get()), (folder, name) -> {
                Former former = read(folder, name, account.get());
                String text = change.of(former.text().lines())
                        .map(line -> line + "\n")
                        .collect(Collectors.joining());
                replace(folder, name, account.get(), new Former(text, former.was()));
                return text;
            });
            return Optional.empty();
        } catch (IOException | NumberFormatException e) {
            return Optional.of(Looking.failure(e));
        }
    }

    /** The new file is whose the old one was; it becomes so where it is open, and not under a name that may be another's by now. */
    static void replace(SecureDirectoryStream<Path> folder, Path name, Accounts.Account account, Former now)
            throws IOException {
        try {
            folder.deleteFile(NEW);
        } catch (NoSuchFileException e) {
            // as it should be
        }
        try (SeekableByteChannel channel = folder.newByteChannel(
                NEW,
                Set.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(SECRET))) {
            if (!(channel instanceof FileChannel file)) {
                throw new IOException("this host has no files that can be forced to the disk");
            }
            own(OpenFiles.address(file), account, now.was());
            ByteBuffer bytes = ByteBuffer.wrap(now.text().getBytes(ISO_8859_1));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(true);
        }
        folder.move(NEW, folder, name);
    }

    private static void own(Path open, Accounts.Account account, Optional<PosixFileAttributes> was) throws IOException {
        PosixFileAttributeView made = Files.getFileAttributeView(open, PosixFileAttributeView.class);
        made.setGroup(was.isPresent() ? was.get().group() : Numbers.group(account.group()));
        made.setOwner(was.isPresent() ? was.get().owner() : Numbers.owner(account.number()));
        if (was.isPresent()) {
            made.setPermissions(was.get().permissions());
        }
    }
}
