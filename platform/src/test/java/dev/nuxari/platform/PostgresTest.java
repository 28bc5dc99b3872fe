package dev.nuxari.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PostgresTest {
    private static final PostgresOptions SMALL = PostgresOptions.small().withoutDurability();

    @TempDir
    Path directory;

    @BeforeEach
    void letOtherUsersCross() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    }

    @Test
    void dataIsThereAfterStoppingAndStartingAgain() throws SQLException {
        try (Postgres postgres = Postgres.start(directory, SMALL)) {
            execute(postgres, "CREATE TABLE note AS SELECT 'kept' AS text");
        }

        try (Postgres postgres = Postgres.start(directory, SMALL)) {
            assertThat(query(postgres, "SELECT text FROM note")).isEqualTo("kept");
        }
    }

    @Test
    void commitsAreDurableAndPasswordsAreDemanded() throws Exception {
        try (Postgres postgres = Postgres.start(directory, PostgresOptions.small())) {
            assertThat(query(postgres, "SHOW fsync")).isEqualTo("on");
            assertThat(query(postgres, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(query(postgres, "SHOW data_checksums")).isEqualTo("on");
            assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl("postgres"), "postgres", "postgres"))
                    .hasMessageContaining("password authentication failed");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(directory.resolve("superuser.password"))))
                    .isEqualTo("rw-------");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NAMESPACE", "OTHER_USER"})
    void killingItsJvmLeavesNoOrphanAndItStartsAgain(Isolation isolation) throws Exception {
        Isolation possible = Isolation.detect() == Isolation.NONE ? Isolation.NONE : isolation;
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PostgresOwner.class.getName(),
                        directory.toString(),
                        possible.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long pid = firstNumber(jvm);
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();

        jvm.destroyForcibly().waitFor();

        postmaster.onExit().get(20, TimeUnit.SECONDS);
        try (Postgres again = Postgres.start(directory, SMALL.isolatedBy(possible))) {
            assertThat(query(again, "SELECT 'alive'")).isEqualTo("alive");
        }
    }

    @Test
    void startsAgainAfterItWasKilledItself() throws SQLException, IOException {
        Postgres killed = Postgres.start(directory, SMALL);
        execute(killed, "CREATE TABLE note AS SELECT 'kept' AS text");
        ProcessHandle.of(killed.pid()).orElseThrow().destroyForcibly();
        ProcessHandle.of(killed.pid()).ifPresent(handle -> handle.onExit().join());
        // Meanwhile its process number belongs to somebody else: us.
        Path lock = directory.resolve("cluster").resolve("postmaster.pid");
        Files.writeString(
                lock,
                Files.readString(lock)
                        .replaceFirst("^\\d+", "" + ProcessHandle.current().pid()));

        try (Postgres postgres = Postgres.start(directory, SMALL)) {
            assertThat(query(postgres, "SELECT text FROM note")).isEqualTo("kept");
        }
    }

    @Test
    void damagedDataIsReportedInOneLineThatNamesTheLog() throws IOException {
        Postgres.start(directory, SMALL).close();
        try (RandomAccessFile control = new RandomAccessFile(
                directory.resolve("cluster/global/pg_control").toFile(), "rw")) {
            control.setLength(100);
        }

        assertThatThrownBy(() -> Postgres.start(directory, SMALL))
                .isInstanceOf(PlatformFailure.class)
                .hasMessageContaining("refuses to start")
                .hasMessageContaining("pg_control")
                .hasMessageContaining("postgres.log")
                .message()
                .isNotNull()
                .hasLineCount(1);
    }

    @Test
    void dataOfAnotherVersionIsRefused() throws IOException {
        Files.createDirectories(directory.resolve("cluster"));
        Files.writeString(directory.resolve("cluster/PG_VERSION"), "15\n");

        assertThatThrownBy(() -> Postgres.start(directory, SMALL))
                .isInstanceOf(PlatformFailure.class)
                .hasMessageContaining("made by PostgreSQL '15'");
    }

    @Test
    void directoryThatIsNotADataDirectoryIsRefused() throws IOException {
        Files.createDirectories(directory.resolve("cluster"));

        assertThatThrownBy(() -> Postgres.start(directory, SMALL))
                .isInstanceOf(PlatformFailure.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void portInUseIsReported() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Postgres.start(directory, SMALL.onPort(taken.getLocalPort())))
                    .isInstanceOf(PlatformFailure.class)
                    .hasMessageContaining("Port " + taken.getLocalPort() + " is in use");
        }
    }

    @Test
    void diskThatIsFullIsReportedInOneLine() throws Exception {
        // A file system of its own, which goes away with the process.
        Process jvm = new ProcessBuilder(
                        "unshare",
                        "-m",
                        "sh",
                        "-c",
                        "mount -t tmpfs -o size=20m full \"$1\" || exit 77; shift; exec \"$@\"",
                        "sh",
                        directory.toString(),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PostgresOwner.class.getName(),
                        directory.resolve("data").toString(),
                        Isolation.detect().name())
                .redirectErrorStream(true)
                .start();
        String output = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assumeTrue(jvm.waitFor() == 1, "may mount a file system");
        assertThat(output).containsPattern("PlatformFailure: The disk is full: PostgreSQL cannot write to .*\\n");
    }

    @Test
    void fullDiskIsRecognized() {
        assertThat(PlatformFailure.of("write x", new IOException("No space left on device")))
                .hasMessageStartingWith("The disk is full");
        assertThat(new Cluster(directory, directory, Isolation.NONE)
                        .refusal("FATAL:  could not write lock file \"postmaster.pid\": No space left on device"))
                .hasMessageStartingWith("The disk is full");
    }

    @Test
    void rolesAndDatabasesAreMadeOnceAndOwnNothingMore() throws SQLException {
        try (Postgres postgres = Postgres.start(directory.resolve("postgres"), SMALL)) {
            DatabaseRoles first = DatabaseRoles.ensure(postgres, directory.resolve("secrets"));
            DatabaseRoles second = DatabaseRoles.ensure(postgres, directory.resolve("secrets"));

            assertThat(second.password(DatabaseRoles.APPLICATION)).isEqualTo(first.password(DatabaseRoles.APPLICATION));
            try (Connection app = DriverManager.getConnection(
                    postgres.jdbcUrl("nuxari"), "nuxari_app", first.password("nuxari_app"))) {
                assertThat(app.isValid(5)).isTrue();
            }
            assertThatThrownBy(() -> DriverManager.getConnection(
                            postgres.jdbcUrl("keycloak"), "nuxari_app", first.password("nuxari_app")))
                    .hasMessageContaining("permission denied for database");
            assertThat(query(
                            postgres,
                            "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'nuxari%' AND (rolsuper OR rolbypassrls OR"
                                    + " rolcreaterole OR rolcreatedb)"))
                    .isEqualTo("0");
        }
    }

    private static long firstNumber(Process jvm) throws IOException {
        BufferedReader reader = jvm.inputReader();
        return Long.parseLong(reader.readLine().strip());
    }

    private static void execute(Postgres postgres, String sql) throws SQLException {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(Postgres postgres, String sql) throws SQLException {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
