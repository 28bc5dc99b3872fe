package dev.nuxari.agent.observe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.nuxari.agent.action.HostRoot;
import dev.nuxari.agent.action.Numbers;
import dev.nuxari.kernel.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A host's files during one look. Each is read once, no link is followed, only plain files are opened, and all of it is bounded; what
 * was read is remembered as the evidence of the look.
 */
public final class HostFiles {
    /** The largest file that is read. */
    public static final int LARGEST = 8 * 1024 * 1024;

    private static final int MOST_BYTES = 32 * 1024 * 1024;
    private static final int MOST_NAMES = 2_000;
    private static final List<PosixFilePermission> BITS =
            List.of(PosixFilePermission.values()).reversed();

    /** Files of secrets: that they were read is evidence, what stands in them would be a second copy of the secrets. */
    private static final Set<String> SECRETS = Set.of("/etc/shadow", "/etc/gshadow");

    private final HostRoot root;
    private final long superuser;
    private final Map<String, Optional<byte[]>> known = new HashMap<>();
    private final Map<UserPrincipal, Long> owners = new HashMap<>();
    private final SortedMap<String, byte[]> read = new TreeMap<>();
    private long bytes;

    /**
     * Looks at this host.
     *
     * @param superuser the number of the account that has to own what is root's: 0, but in a copy of a host
     */
    public HostFiles(HostRoot root, long superuser) {
        this.root = root;
        this.superuser = superuser;
    }

    /** What a file is. */
    public record Facts(boolean plain, boolean folder, boolean link, long mode, long owner) {}

    /** The text of a plain file, byte for byte a character; empty if there is none. */
    public Optional<String> text(String path) throws IOException {
        return bytes(path).map(content -> new String(content, ISO_8859_1));
    }

    /** The lines of a file; none if there is no such file. */
    public List<String> lines(String path) throws IOException {
        return text(path).map(all -> all.lines().toList()).orElse(List.of());
    }

    private Optional<byte[]> bytes(String path) throws IOException {
        Optional<byte[]> before = known.get(path);
        if (before != null) {
            return before;
        }
        Optional<byte[]> now = absent(() -> root.at(path, HostFiles::plain));
        known.put(path, now);
        if (now.isPresent()) {
            remember(path, now.get());
        }
        return now;
    }

    private void remember(String path, byte[] content) throws IOException {
        bytes += content.length;
        if (bytes > MOST_BYTES) {
            throw new IOException("there is more to read than one look reads");
        }
        byte[] kept = SECRETS.contains(path) ? ("sha256 " + Sha256.hexOf(content) + "\n").getBytes(US_ASCII) : content;
        read.put(path, kept);
    }

    /** Adds what was not read from a file but from a program of the host. */
    void note(String name, byte[] said) throws IOException {
        remember(name, said);
    }

    /** What was read so far, by its path. */
    public SortedMap<String, byte[]> read() {
        return Collections.unmodifiableSortedMap(read);
    }

    /** What is there; empty if nothing is. */
    public Optional<Facts> facts(String path) throws IOException {
        return absent(() -> root.at(path, (folder, name) -> facts(attributes(folder, name))));
    }

    /** Whose a file is counts as root's. */
    public boolean isSuperusers(Facts facts) {
        return facts.owner() == superuser;
    }

    /** The names in a folder, sorted; none if there is no such folder. */
    public List<String> names(String path) throws IOException {
        return absent(() -> root.at(path, HostFiles::entries)).orElse(List.of());
    }

    /** The paths that a pattern stands for that may have stars in its last name. */
    public List<String> matching(String pattern) throws IOException {
        if (!pattern.contains("*")) {
            return List.of(pattern);
        }
        String folder = pattern.substring(0, pattern.lastIndexOf('/'));
        String names = pattern.substring(pattern.lastIndexOf('/') + 1);
        List<String> found = new ArrayList<>();
        for (String name : names(folder)) {
            if (Stars.match(names, name)) {
                found.add(folder + "/" + name);
            }
        }
        return found;
    }

    /** The paths of several patterns, in their order. */
    public List<String> matching(Collection<String> patterns) throws IOException {
        List<String> found = new ArrayList<>();
        for (String pattern : patterns) {
            found.addAll(matching(pattern));
        }
        return found;
    }

    private static List<String> entries(SecureDirectoryStream<Path> parent, Path name) throws IOException {
        List<String> names = new ArrayList<>();
        try (SecureDirectoryStream<Path> folder = parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
            for (Path entry : folder) {
                names.add(entry.getFileName().toString());
                if (names.size() > MOST_NAMES) {
                    throw new IOException("a folder with too many names");
                }
            }
        }
        Collections.sort(names);
        return names;
    }

    /** Something that ends with a {@link NoSuchFileException} where there is nothing. */
    private interface Reading<T> {
        T read() throws IOException;
    }

    private static <T> Optional<T> absent(Reading<T> reading) throws IOException {
        try {
            return Optional.of(reading.read());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static byte[] plain(SecureDirectoryStream<Path> folder, Path name) throws IOException {
        if (!attributes(folder, name).isRegularFile()) {
            throw new IOException("not a plain file");
        }
        try (SeekableByteChannel channel =
                folder.newByteChannel(name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            // What the kernel shows as files has no size before it was read.
            ByteBuffer content = ByteBuffer.allocate((int) Math.min(LARGEST + 1L, Math.max(8_192, channel.size() + 1)));
            while (channel.read(content) >= 0) {
                if (!content.hasRemaining()) {
                    if (content.capacity() > LARGEST) {
                        throw new IOException("larger than any file that is read");
                    }
                    int more = Math.min(LARGEST + 1, content.capacity() * 2);
                    content = ByteBuffer.allocate(more).put(content.flip());
                }
            }
            return Arrays.copyOf(content.array(), content.position());
        }
    }

    private static PosixFileAttributes attributes(SecureDirectoryStream<Path> folder, Path name) throws IOException {
        return folder.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
    }

    /** Asked once for each: the host's directory may be slow to answer. */
    private long number(UserPrincipal owner) throws IOException {
        Long before = owners.get(owner);
        if (before != null) {
            return before;
        }
        long number = Numbers.of(owner);
        owners.put(owner, number);
        return number;
    }

    private Facts facts(PosixFileAttributes attributes) throws IOException {
        long mode = attributes.permissions().stream()
                .mapToLong(permission -> 1L << BITS.indexOf(permission))
                .sum();
        return new Facts(
                attributes.isRegularFile(),
                attributes.isDirectory(),
                attributes.isSymbolicLink(),
                mode,
                number(attributes.owner()));
    }
}
