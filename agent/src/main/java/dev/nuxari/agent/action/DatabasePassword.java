package dev.nuxari.agent.action;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.ActionType;
import dev.nuxari.protocol.agent.Receipt.Failure;
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
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Gives a role of a PostgreSQL on this host another password, which is made here and stands in one file here. The database is told what it
 * stores of it and never the password, so that none of its logs can have it.
 *
 * <p>The new password is on disk beside the file before the database knows it, and takes the file's place when the database has taken it:
 * whenever we are stopped, one of the two has the password that counts.
 */
final class DatabasePassword implements Action {
    /** As whom the agent is known to the database. */
    static final String OWN_ROLE = "nuxari-agent";

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 32;
    private static final int LARGEST = 1024;
    private static final String NEW = ".nuxari-new";
    private static final String BEFORE = ".nuxari-before";
    private static final Set<PosixFilePermission> SECRET = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OF_OTHERS = PosixFilePermissions.fromString("------rwx");

    private final HostRoot root;
    private final SecureRandom random = new SecureRandom();

    DatabasePassword(HostRoot root) {
        this.root = root;
    }

    /** A password that lies on disk, and since when. */
    private record Held(String password, Instant since) {}

    @Override
    public ActionType type() {
        return ActionType.DATABASE_PASSWORD_ROTATE;
    }

    private Path socket(Json.Obj parameters) {
        return root.resolve(parameters.string("socket")).resolve(".s.PGSQL." + parameters.integer("port"));
    }

    @Override
    public Sight look(Json.Obj parameters) {
        return Looking.at(() -> {
            if (!Files.exists(socket(parameters))) {
                return Optional.empty();
            }
            Optional<Held> held = root.at(parameters.string("file"), DatabasePassword::read);
            if (held.isEmpty()) {
                Json.Obj values = Json.object("present", false, "accepted", false);
                return Optional.of(new Sight.Seen(false, new Summary(SummaryKind.DATABASE_PASSWORD, values)));
            }
            Instant since = held.get().since();
            boolean accepted = isAccepted(parameters, held.get().password());
            Summary summary =
                    Summary.of(SummaryKind.DATABASE_PASSWORD, "present", true, "accepted", accepted, "changed", since);
            boolean isAsAsked = accepted && !since.isBefore(Instant.parse(parameters.string("since")));
            return Optional.of(new Sight.Seen(isAsAsked, summary));
        });
    }

    private boolean isAccepted(Json.Obj parameters, String password) throws IOException {
        try (PostgresSocket login = PostgresSocket.open(socket(parameters), parameters.string("role"))) {
            return login.takes(password);
        }
    }

    @Override
    public Optional<Failure> perform(Json.Obj parameters) {
        try {
            return root.at(parameters.string("file"), (folder, name) -> rotate(parameters, folder, name));
        } catch (NoSuchFileException e) {
            return Optional.of(Failure.NOT_FOUND);
        } catch (IOException e) {
            return Optional.of(Failure.REFUSED_BY_HOST);
        }
    }

    private Optional<Failure> rotate(Json.Obj parameters, SecureDirectoryStream<Path> folder, Path name)
            throws IOException {
        finish(parameters, folder, name);
        Optional<Held> former = read(folder, name);
        if (former.isPresent()) {
            write(folder, name, beside(name, BEFORE), former.get().password());
        }
        String password = password();
        write(folder, name, beside(name, NEW), password);
        force(parameters);
        tell(parameters, password);
        if (!isAccepted(parameters, password)) {
            return Optional.of(Failure.UNEXPECTED_STATE);
        }
        folder.move(beside(name, NEW), folder, name);
        force(parameters);
        return Optional.empty();
    }

    /** Of a rotation that was stopped after the database had taken the password: only there it stands, so it is not written over. */
    private void finish(Json.Obj parameters, SecureDirectoryStream<Path> folder, Path name) throws IOException {
        Optional<Held> begun = read(folder, beside(name, NEW));
        if (begun.isPresent() && isAccepted(parameters, begun.get().password())) {
            folder.move(beside(name, NEW), folder, name);
            force(parameters);
        }
    }

    /** Names of roles and verifiers have no letters that end a quotation. */
    private void tell(Json.Obj parameters, String password) throws IOException {
        try (PostgresSocket own = PostgresSocket.open(socket(parameters), OWN_ROLE)) {
            own.enter();
            own.run("ALTER ROLE \"%s\" PASSWORD '%s'"
                    .formatted(parameters.string("role"), Scram.verifier(password, random)));
        }
    }

    /** As long as a password that worked is still there. */
    @Override
    public boolean undo(Json.Obj parameters, Summary before) {
        if (!before.values().bool("accepted")) {
            return false;
        }
        try {
            Instant changed = Instant.parse(before.values().string("changed"));
            return root.at(parameters.string("file"), (folder, name) -> putBack(parameters, folder, name, changed));
        } catch (IOException e) {
            return false;
        }
    }

    private boolean putBack(Json.Obj parameters, SecureDirectoryStream<Path> folder, Path name, Instant changed)
            throws IOException {
        boolean isInPlace =
                read(folder, name).filter(held -> held.since().equals(changed)).isPresent();
        Path former = isInPlace ? name : beside(name, BEFORE);
        Optional<Held> held = read(folder, former);
        if (held.isEmpty()) {
            return false;
        }
        tell(parameters, held.get().password());
        if (!isInPlace) {
            view(folder, former).setTimes(FileTime.from(changed), null, null);
            folder.move(former, folder, name);
            force(parameters);
        }
        return isAccepted(parameters, held.get().password());
    }

    private String password() {
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return password.toString();
    }

    private static Path beside(Path name, String ending) {
        return Path.of(name + ending);
    }

    private static Optional<Held> read(SecureDirectoryStream<Path> folder, Path name) throws IOException {
        PosixFileAttributes attributes;
        try {
            attributes = view(folder, name).readAttributes();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (!attributes.isRegularFile() || attributes.size() > LARGEST) {
            throw new IOException("not a file with a password");
        }
        try (SeekableByteChannel channel =
                folder.newByteChannel(name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            ByteBuffer bytes = ByteBuffer.allocate(LARGEST);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
            String text = new String(bytes.array(), 0, bytes.position(), UTF_8);
            Instant since = attributes.lastModifiedTime().toInstant().truncatedTo(ChronoUnit.MILLIS);
            return Optional.of(new Held(text.stripTrailing(), since));
        }
    }

    private static PosixFileAttributeView view(SecureDirectoryStream<Path> folder, Path name) {
        return folder.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** A new file, whole and on disk, of the one that it is like; root's where there is none. Nobody else has it meanwhile. */
    private static void write(SecureDirectoryStream<Path> folder, Path like, Path name, String password)
            throws IOException {
        try {
            folder.deleteFile(name);
        } catch (NoSuchFileException e) {
            // as it should be
        }
        try (SeekableByteChannel channel = folder.newByteChannel(
                name,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(SECRET))) {
            ByteBuffer bytes = ByteBuffer.wrap((password + "\n").getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (channel instanceof FileChannel file) {
                file.force(true);
            }
        }
        own(folder, like, name);
    }

    private static void own(SecureDirectoryStream<Path> folder, Path like, Path name) throws IOException {
        PosixFileAttributeView made = view(folder, name);
        try {
            PosixFileAttributes former = view(folder, like).readAttributes();
            made.setGroup(former.group());
            made.setOwner(former.owner());
            Set<PosixFilePermission> permissions = new HashSet<>(former.permissions());
            permissions.removeAll(OF_OTHERS);
            made.setPermissions(permissions);
        } catch (NoSuchFileException e) {
            made.setGroup(Numbers.group(0));
            made.setOwner(Numbers.owner(0));
        }
    }

    /** The names in the folder. */
    private void force(Json.Obj parameters) throws IOException {
        Path folder = Optional.ofNullable(
                        root.resolve(parameters.string("file")).getParent())
                .orElse(root.path());
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
