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
            String text = root.at(keys(account.get()), (folder, name) -> read(folder, name, account.get()));
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

    private static String read(SecureDirectoryStream<Path> folder, Path name, Accounts.Account account)
            throws IOException {
        PosixFileAttributes attributes;
        try {
            attributes = attributes(folder, name);
        } catch (NoSuchFileException e) {
            return "";
        }
        long owner = Numbers.of(attributes.owner());
        if (!attributes.isRegularFile() || (owner != 0 && owner != account.number()) || attributes.size() > LARGEST) {
            throw new IOException("not a file of keys");
        }
        try (SeekableByteChannel channel =
                folder.newByteChannel(name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            ByteBuffer bytes = ByteBuffer.allocate(LARGEST + 1);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
            if (!bytes.hasRemaining()) {
                throw new IOException("too many keys");
            }
            return new String(bytes.array(), 0, bytes.position(), ISO_8859_1);
        }
    }

    private static PosixFileAttributes attributes(SecureDirectoryStream<Path> folder, Path name) throws IOException {
        return view(folder, name).readAttributes();
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
            root.at(keys(account.get()), (folder, name) -> {
                String text = change.of(read(folder, name, account.get()).lines())
                        .map(line -> line + "\n")
                        .collect(Collectors.joining());
                replace(folder, name, account.get(), text);
                return text;
            });
            return Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.of(Failure.NOT_FOUND);
        } catch (IOException | NumberFormatException e) {
            return Optional.of(Failure.REFUSED_BY_HOST);
        }
    }

    private static void replace(SecureDirectoryStream<Path> folder, Path name, Accounts.Account account, String text)
            throws IOException {
        try {
            folder.deleteFile(NEW);
        } catch (NoSuchFileException e) {
            // as it should be
        }
        try (SeekableByteChannel channel = folder.newByteChannel(
                NEW,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(SECRET))) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(ISO_8859_1));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (channel instanceof FileChannel file) {
                file.force(true);
            }
        }
        own(folder, name, account);
        folder.move(NEW, folder, name);
    }

    /** The new file is whose the old one was. */
    private static void own(SecureDirectoryStream<Path> folder, Path name, Accounts.Account account)
            throws IOException {
        PosixFileAttributeView made = view(folder, NEW);
        try {
            PosixFileAttributes former = attributes(folder, name);
            made.setGroup(former.group());
            made.setOwner(former.owner());
            made.setPermissions(former.permissions());
        } catch (NoSuchFileException e) {
            made.setGroup(Numbers.group(account.group()));
            made.setOwner(Numbers.owner(account.number()));
        }
    }
}
