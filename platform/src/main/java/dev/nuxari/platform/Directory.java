package dev.nuxari.platform;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import dev.nuxari.kernel.Json;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * A running LDAP server for the demonstration: one process, and for each tree a port of its own. What was answered with
 * success is on the disk, so that killing the process loses nothing.
 *
 * <p>People are {@code inetOrgPerson} with {@code mail} below {@code ou=people}; groups are {@code groupOfNames} with
 * {@code member} below {@code ou=groups}; as in 389 Directory Server a group may be empty. An account with {@code nsAccountLock: true}, that server's operational attribute, cannot bind.
 * {@code cn=observer} may read, {@code cn=operator} may also write, everybody else may only bind; a search returns
 * {@code nsAccountLock} when it is asked for by name.
 */
public final class Directory implements AutoCloseable {
    /** Reads. */
    public static final String OBSERVER = "cn=observer";

    /** Reads and writes. */
    public static final String OPERATOR = "cn=operator";

    /** The attribute of an account that may not bind any more, and its value. */
    public static final String LOCK_ATTRIBUTE = "nsAccountLock";

    static final String LOCKED = "true";

    private static final String TERMINATE = "TERM";
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);

    private final Child child;
    private final Map<String, Access> trees;

    private Directory(Child child, Map<String, Access> trees) {
        this.child = child;
        this.trees = trees;
    }

    /** One organization's tree, on its own port; 0 is a free one. */
    public record Tree(String name, String baseDn, int port) {}

    /** How to reach a tree. */
    public record Access(int port, String baseDn, String observerPassword, String operatorPassword) {
        public String people() {
            return "ou=people," + baseDn;
        }

        public String groups() {
            return "ou=groups," + baseDn;
        }

        @Override
        public String toString() {
            return "Access[" + baseDn + " on port " + port + "]";
        }
    }

    /** Writes the first content of a tree; false when it has content already. */
    public static boolean seed(Path directory, String tree, String ldif) {
        return seed(directory, tree, () -> ldif);
    }

    /** The same, for a content that is not needed when there is some. */
    public static boolean seed(Path directory, String tree, Supplier<String> ldif) {
        try {
            Path file = ldif(directory, tree);
            if (Files.exists(file)) {
                return false;
            }
            Secrets.write(file, ldif.get());
            return true;
        } catch (IOException e) {
            throw PlatformFailure.of("write the directory of " + tree, e);
        }
    }

    /** Starts on the content below the directory; returns when every tree can be read. */
    public static Directory start(Path directory, List<Tree> wanted, Lifetime lifetime) {
        Secrets secrets = new Secrets(directory.resolve("secrets"));
        Map<String, Access> trees = new LinkedHashMap<>();
        for (Tree tree : wanted) {
            if (tree.port() != 0) {
                Ports.requireFree(tree.port(), "the directory of " + tree.name());
            }
            trees.put(
                    tree.name(),
                    new Access(
                            tree.port() == 0 ? Ports.free() : tree.port(),
                            tree.baseDn(),
                            secrets.password(tree.name() + "-observer"),
                            secrets.password(tree.name() + "-operator")));
        }
        Path configuration = directory.resolve("directory.json");
        try {
            Secrets.write(configuration, configuration(directory, trees).canonical());
        } catch (IOException e) {
            throw PlatformFailure.of("configure the directory", e);
        }
        Child child = Child.start(
                new Child.Order(
                        "the directory",
                        List.of(),
                        command(configuration),
                        Map.of(),
                        directory.resolve("directory.log"),
                        TERMINATE),
                lifetime);
        Directory started = new Directory(child, trees);
        trees.values().forEach(started::awaitReady);
        return started;
    }

    private static Json.Obj configuration(Path directory, Map<String, Access> trees) {
        return Json.object(
                "trees",
                trees.entrySet().stream()
                        .map(tree -> Json.object(
                                "baseDn",
                                tree.getValue().baseDn(),
                                "port",
                                tree.getValue().port(),
                                "ldif",
                                ldif(directory, tree.getKey()).toString(),
                                "observerPassword",
                                tree.getValue().observerPassword(),
                                "operatorPassword",
                                tree.getValue().operatorPassword()))
                        .toList());
    }

    private static Path ldif(Path directory, String tree) {
        return directory.toAbsolutePath().resolve(tree + ".ldif");
    }

    /** Only what the process needs, wherever our own classes come from. */
    private static List<String> command(Path configuration) {
        Set<String> classPath = Stream.of(DirectoryProcess.class, Json.class, LDAPConnection.class, NullMarked.class)
                .map(Directory::origin)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=16m",
                "-cp",
                String.join(System.getProperty("path.separator"), classPath),
                DirectoryProcess.class.getName(),
                configuration.toAbsolutePath().toString());
    }

    private static String origin(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a class is loaded from a place that is a URI", e);
        }
    }

    private void awaitReady(Access tree) {
        long deadline = System.nanoTime() + STARTS_WITHIN.toNanos();
        while (!answers(tree)) {
            if (child.endsWithin(Duration.ofMillis(30))) {
                String reason = child.output().lines().reduce((_, last) -> last).orElse("it ended without a word");
                throw new PlatformFailure("The directory does not start: " + reason + " (log: " + child.log() + ")");
            }
            if (System.nanoTime() > deadline) {
                close();
                throw new PlatformFailure("The directory is not ready after " + STARTS_WITHIN.toSeconds() + " s (log: "
                        + child.log() + ")");
            }
        }
    }

    private static boolean answers(Access tree) {
        try (LDAPConnection connection = new LDAPConnection(
                Postgres.HOST, tree.port(), OBSERVER + "," + tree.baseDn(), tree.observerPassword())) {
            return connection.isConnected();
        } catch (LDAPException _) {
            return false;
        }
    }

    public long pid() {
        return child.pid();
    }

    public boolean alive() {
        return child.alive();
    }

    /** How to reach the tree of that name. */
    public Access tree(String name) {
        Access access = trees.get(name);
        if (access == null) {
            throw new IllegalArgumentException("no tree " + name);
        }
        return access;
    }

    @Override
    public void close() {
        child.stop(TERMINATE, Duration.ofSeconds(10));
    }
}
