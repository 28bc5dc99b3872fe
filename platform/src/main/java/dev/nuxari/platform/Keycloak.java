package dev.nuxari.platform;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A running Keycloak, on a database of its own in the given PostgreSQL. It ends with this JVM, however that ends. */
public final class Keycloak implements AutoCloseable {
    /** The administrator of the whole server; the password is {@link #adminPassword()}. */
    public static final String ADMINISTRATOR = "admin";

    private static final String TERMINATE = "TERM";
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(3);
    private static final Duration RECORDS_WITHIN = Duration.ofMinutes(3);
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(15);

    private final Child child;
    private final int port;
    private final String adminPassword;

    private Keycloak(Child child, int port, String adminPassword) {
        this.child = child;
        this.port = port;
        this.adminPassword = adminPassword;
    }

    /** Starts it and returns when it is ready. What has to be done once on a machine is done now, and announced. */
    public static Keycloak start(Postgres postgres, KeycloakOptions options, Progress progress) {
        return start(Distribution.find(), postgres, options, progress);
    }

    public static Keycloak start(
            Distribution distribution, Postgres postgres, KeycloakOptions options, Progress progress) {
        KeycloakHome home = KeycloakHome.prepare(distribution, progress);
        if (options.port() != 0) {
            Ports.requireFree(options.port(), "Keycloak");
        }
        Launch launch = new Launch(home, postgres, options);
        if (!home.isRecorded()) {
            home.recordOnce(() -> {
                progress.step("Recording how Keycloak starts, so that it starts faster (once, about half a minute)");
                launch.record();
                progress.done();
            });
        }
        return launch.start();
    }

    /** The address a browser sees. */
    public String url() {
        return urlOf(port);
    }

    private static String urlOf(int port) {
        return "http://localhost:" + port;
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

    public String adminPassword() {
        return adminPassword;
    }

    /** The administration interface, as the administrator. */
    public KeycloakAdmin admin() {
        return new KeycloakAdmin(url(), ADMINISTRATOR, adminPassword);
    }

    @Override
    public void close() {
        child.stop(TERMINATE, STOPS_WITHIN);
    }

    /** One way of running it: where, on which database. */
    private record Launch(KeycloakHome home, Postgres postgres, KeycloakOptions options) {

        Keycloak start() {
            int port = options.port() == 0 ? Ports.free() : options.port();
            int management = Ports.free();
            Child child =
                    Child.start(order("keycloak.log", home.command(arguments(port, management))), options.lifetime());
            awaitReady(child, management);
            return new Keycloak(child, port, new Secrets(options.secrets()).password("keycloak-admin"));
        }

        /** A start and a stop of which the JVM keeps what it loaded. The database's tables are made on the way. */
        void record() throws IOException {
            int management = Ports.free();
            Path output = home.folder().resolve("recording.aot");
            Child child = Child.start(
                    order("keycloak-recording.log", home.recordingCommand(output, arguments(Ports.free(), management))),
                    Lifetime.OURS);
            awaitReady(child, management);
            child.stop(TERMINATE, RECORDS_WITHIN);
            if (Files.exists(output)) {
                Files.move(output, home.aotCache(), StandardCopyOption.ATOMIC_MOVE);
            }
        }

        private Child.Order order(String log, List<String> words) {
            Secrets secrets = new Secrets(options.secrets());
            Map<String, String> environment = new HashMap<>();
            environment.put("KC_DB_URL", postgres.jdbcUrl(DatabaseRoles.KEYCLOAK_DATABASE));
            environment.put("KC_DB_USERNAME", DatabaseRoles.KEYCLOAK);
            environment.put("KC_DB_PASSWORD", secrets.password(DatabaseRoles.KEYCLOAK));
            environment.put("KC_DB_POOL_INITIAL_SIZE", "1");
            environment.put("KC_DB_POOL_MIN_SIZE", "1");
            environment.put("KC_DB_POOL_MAX_SIZE", "20");
            environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMINISTRATOR);
            environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", secrets.password("keycloak-admin"));
            return new Child.Order(
                    "Keycloak",
                    List.of(),
                    words,
                    environment,
                    options.directory().resolve(log),
                    TERMINATE);
        }

        private static List<String> arguments(int port, int management) {
            return List.of(
                    "start",
                    "--optimized",
                    "--http-enabled=true",
                    "--http-host=127.0.0.1",
                    "--http-port=" + port,
                    "--http-management-port=" + management,
                    "--hostname=" + urlOf(port),
                    "--cache=local");
        }

        /** The port answers long before the server serves; only the management port knows. */
        private static void awaitReady(Child child, int management) {
            URI health = URI.create("http://127.0.0.1:" + management + "/health/ready");
            long deadline = System.nanoTime() + STARTS_WITHIN.toNanos();
            while (!Http.isOk(health)) {
                if (child.endsWithin(Duration.ofMillis(50))) {
                    throw explain(child);
                }
                if (System.nanoTime() > deadline) {
                    child.stop(TERMINATE, STOPS_WITHIN);
                    throw new PlatformFailure("Keycloak is not ready after " + STARTS_WITHIN.toSeconds() + " s (log: "
                            + child.log() + ")");
                }
            }
        }

        private static PlatformFailure explain(Child child) {
            String output = child.output();
            if (PlatformFailure.isFullDisk(output)) {
                return new PlatformFailure("The disk is full: Keycloak cannot work. Free some space and start again.");
            }
            String reason = output.lines()
                    .filter(line -> line.contains("ERROR"))
                    .findFirst()
                    .map(line -> line.replaceFirst("^.*ERROR\\s*:?\\s*", ""))
                    .orElse("it ended without a word");
            return new PlatformFailure("Keycloak does not start: " + reason + " (log: " + child.log() + ")");
        }
    }
}
