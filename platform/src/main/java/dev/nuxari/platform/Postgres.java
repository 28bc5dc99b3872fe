package dev.nuxari.platform;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A running PostgreSQL server, reachable on 127.0.0.1 with a password only. It ends with this JVM, however that ends, and
 * its data survives.
 */
public final class Postgres implements AutoCloseable {
    /** Where it listens. */
    public static final String HOST = "127.0.0.1";

    /** The role that may everything. */
    public static final String SUPERUSER = "postgres";

    private static final String FAST_SHUTDOWN = "INT";
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(2);
    private static final Duration PREDECESSOR_ENDS_WITHIN = Duration.ofSeconds(15);
    private static final int PORT_ATTEMPTS = 5;

    private final Cluster cluster;
    private final Child child;
    private final int port;

    private Postgres(Cluster cluster, Child child, int port) {
        this.cluster = cluster;
        this.child = child;
        this.port = port;
    }

    /** Starts on the data below the directory, which is made when it is not there; returns when it accepts connections. */
    public static Postgres start(Path directory, PostgresOptions options) {
        return start(Distribution.find(), directory, options);
    }

    public static Postgres start(Distribution distribution, Path directory, PostgresOptions options) {
        Cluster cluster = new Cluster(
                directory.toAbsolutePath().normalize(),
                unpacked(distribution, options.isolation()),
                options.isolation());
        cluster.prepare(options.durable());
        awaitPredecessor(cluster);
        cluster.removeStaleLock();
        if (options.port() != 0) {
            Ports.requireFree(options.port(), "PostgreSQL");
            return onChosenPort(cluster, options);
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(cluster, options.onPort(Ports.free()));
            } catch (PortTaken e) {
                if (attempt == PORT_ATTEMPTS) {
                    throw e.failure();
                }
            }
        }
    }

    private static Postgres onChosenPort(Cluster cluster, PostgresOptions options) {
        try {
            return attempt(cluster, options);
        } catch (PortTaken e) {
            throw e.failure();
        }
    }

    private static Path unpacked(Distribution distribution, Isolation isolation) {
        Path archive = distribution.postgres();
        return Cache.standard(isolation)
                .folder(Distribution.name(archive), folder -> Archives.unpackPostgres(archive, folder));
    }

    /** After a kill -9 of its JVM a PostgreSQL is still writing its last checkpoint for a moment. */
    private static void awaitPredecessor(Cluster cluster) {
        long deadline = System.nanoTime() + PREDECESSOR_ENDS_WITHIN.toNanos();
        while (cluster.owner().isPresent()) {
            if (System.nanoTime() > deadline) {
                throw new PlatformFailure("Another PostgreSQL (process "
                        + cluster.owner().map(ProcessHandle::pid).orElse(0L) + ") runs on " + cluster.data()
                        + "; stop it first, with ./nuxari down");
            }
            pause();
        }
    }

    private static Postgres attempt(Cluster cluster, PostgresOptions options) {
        Child child = Child.start(order(cluster, options), options.lifetime());
        long deadline = System.nanoTime() + STARTS_WITHIN.toNanos();
        while (!cluster.isReady(child.pid())) {
            if (child.endsWithin(Duration.ofMillis(10))) {
                throw explain(cluster, child, options.port());
            }
            if (System.nanoTime() > deadline) {
                child.stop(FAST_SHUTDOWN, Duration.ofSeconds(5));
                throw new PlatformFailure("PostgreSQL is not ready after " + STARTS_WITHIN.toSeconds() + " s (log: "
                        + cluster.log() + ")");
            }
        }
        return new Postgres(cluster, child, options.port());
    }

    private static RuntimeException explain(Cluster cluster, Child child, int port) {
        String output = child.output();
        if (output.contains("could not create any TCP/IP sockets") || output.contains("Address already in use")) {
            return new PortTaken(port);
        }
        return cluster.refusal(output);
    }

    private static Child.Order order(Cluster cluster, PostgresOptions options) {
        List<String> words = new ArrayList<>(List.of(
                cluster.program("postgres").toString(), "-D", cluster.data().toString(), "-p", "" + options.port()));
        String fsync = options.durable() ? "on" : "off";
        Map<String, String> settings = new TreeMap<>(Map.of(
                "listen_addresses",
                HOST,
                // A path of a socket is limited to 107 bytes, and peer authentication would need another rule.
                "unix_socket_directories",
                "",
                "max_connections",
                "" + options.maxConnections(),
                "shared_buffers",
                options.sharedBuffers(),
                "fsync",
                fsync,
                "full_page_writes",
                fsync,
                "jit",
                "off",
                "timezone",
                "UTC",
                "log_timezone",
                "UTC"));
        settings.put("password_encryption", "scram-sha-256");
        settings.forEach((name, value) -> words.addAll(List.of("-c", name + "=" + value)));
        return new Child.Order(
                "PostgreSQL",
                options.isolation().prefix(),
                words,
                Map.of("LC_ALL", "C.UTF-8", "TZ", "UTC"),
                cluster.log(),
                FAST_SHUTDOWN);
    }

    private static void pause() {
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }

    public String host() {
        return HOST;
    }

    public int port() {
        return port;
    }

    public long pid() {
        return child.pid();
    }

    public boolean alive() {
        return child.alive();
    }

    public Path log() {
        return cluster.log();
    }

    public String superuserPassword() {
        return cluster.superuserPassword();
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + HOST + ":" + port + "/" + database;
    }

    /** A connection as the superuser; the caller closes it. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), SUPERUSER, superuserPassword());
    }

    /** Ends all sessions, writes a checkpoint and stops. */
    @Override
    public void close() {
        child.stop(FAST_SHUTDOWN, Duration.ofSeconds(30));
    }

    private static final class PortTaken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int port;

        PortTaken(int port) {
            this.port = port;
        }

        PlatformFailure failure() {
            return Ports.taken(port, "PostgreSQL");
        }
    }
}
