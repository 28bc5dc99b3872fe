package dev.nuxari.agent.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.platform.Postgres;
import dev.nuxari.platform.testing.SharedPostgres;
import dev.nuxari.protocol.agent.Receipt.Failure;
import dev.nuxari.protocol.agent.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the real PostgreSQL. It listens on TCP alone, so a socket of the test leads there, and it trusts the agent's role there. */
@Claim("E4")
class DatabasePasswordTest {
    private static final String FORMER = "the former one";
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00.000Z");

    private static final Postgres POSTGRES = SharedPostgres.instance().postgres();

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private SocketOfPostgres socket;

    @SuppressWarnings("NullAway.Init")
    private DatabasePassword action;

    private Path file = Path.of("");

    @BeforeAll
    static void startDatabase() throws Exception {
        Path rules = SharedPostgres.instance().directory().resolve("postgres/cluster/pg_hba.conf");
        Files.writeString(
                rules,
                "host all nuxari-agent 127.0.0.1/32 trust\nhost all open 127.0.0.1/32 trust\n"
                        + Files.readString(rules));
        sql("SELECT pg_reload_conf()");
        sql("CREATE ROLE \"nuxari-agent\" LOGIN CREATEROLE");
        sql("CREATE ROLE app LOGIN");
        sql("CREATE ROLE open LOGIN");
        sql("CREATE ROLE other LOGIN PASSWORD 'x'");
        sql("GRANT CONNECT ON DATABASE postgres TO \"nuxari-agent\", app, open, other");
        sql("GRANT app, open TO \"nuxari-agent\" WITH ADMIN OPTION");
    }

    @BeforeEach
    void givenAPassword() throws Exception {
        folder = folder.toRealPath();
        socket = new SocketOfPostgres(folder.resolve(".s.PGSQL.5432"), POSTGRES.port());
        action = new DatabasePassword(new HostRoot(folder));
        file = Files.writeString(folder.resolve("password"), FORMER + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
        sql("ALTER ROLE app PASSWORD '" + FORMER + "'");
    }

    @AfterEach
    void closeSocket() throws IOException {
        socket.close();
    }

    private static void sql(String statement) throws SQLException {
        try (Connection connection = POSTGRES.connect("postgres");
                Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    /** By a driver that is not ours. */
    private static void logIn(String password) throws SQLException {
        DriverManager.getConnection(POSTGRES.jdbcUrl("postgres"), "app", password)
                .close();
    }

    private Json.Obj order(String role) {
        return Json.object(
                "socket", "/.", "port", 5432, "role", role, "file", "/password", "since", "2026-06-01T00:00:00.000Z");
    }

    private Json.Obj order() {
        return order("app");
    }

    private Summary seen(boolean isAsAsked) {
        Sight.Seen seen = (Sight.Seen) action.look(order());
        assertThat(seen.isAsAsked()).isEqualTo(isAsAsked);
        return seen.summary();
    }

    private String held(String name) throws IOException {
        return Files.readString(folder.resolve(name)).strip();
    }

    @Test
    void roleGetsAnotherPasswordThatStandsInTheFileAndNowhereElse() throws Exception {
        Summary before = seen(false);
        assertThat(before.values()).isEqualTo(Json.object("present", true, "accepted", true, "changed", LONG_AGO));

        assertThat(action.perform(order())).isEmpty();

        Summary after = seen(true);
        String password = held("password");
        assertThat(password).matches("[A-Za-z0-9]{32}");
        logIn(password);
        assertThatThrownBy(() -> logIn(FORMER)).isInstanceOf(SQLException.class);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        assertThat(folder.resolve("password.nuxari-new")).doesNotExist();
        // What went over the socket, and what leaves the host.
        assertThat(socket.heard()).contains("SCRAM-SHA-256$4096:").doesNotContain(password);
        assertThat(Files.readString(POSTGRES.log())).doesNotContain(password);
        assertThat(after.json().canonical()).doesNotContain(password, FORMER);
    }

    @Test
    void formerPasswordIsPutBackFromWhereItIs() throws Exception {
        Summary before = seen(false);
        action.perform(order());
        String rotated = held("password");

        assertThat(action.undo(order(), before)).isTrue();
        assertThat(seen(false)).isEqualTo(before);
        logIn(FORMER);
        assertThatThrownBy(() -> logIn(rotated)).isInstanceOf(SQLException.class);

        // The database was told, and the file was not there yet.
        sql("ALTER ROLE app PASSWORD 'halfway'");
        assertThat(action.undo(order(), before)).isTrue();
        assertThat(seen(false)).isEqualTo(before);
    }

    @Test
    void passwordThatDidNotWorkIsNotPutBack() throws Exception {
        sql("ALTER ROLE app PASSWORD 'somebody changed it by hand'");
        Summary before = seen(false);
        assertThat(before.values().bool("accepted")).isFalse();

        assertThat(action.perform(order())).isEmpty();
        logIn(held("password"));
        assertThat(action.undo(order(), before)).isFalse();
        logIn(held("password"));
    }

    /** As after kill -9 between the database and the file: the password that counts is beside it, and is not written over. */
    @Test
    void whatWasStoppedInTheMiddleIsFinishedFirst() throws Exception {
        String stranded = "stranded-password-of-a-killed-agent";
        Files.writeString(folder.resolve("password.nuxari-new"), stranded + "\n");
        sql("ALTER ROLE app PASSWORD '" + stranded + "'");
        assertThat(seen(false).values().bool("accepted")).isFalse();

        socket.close();
        Files.delete(folder.resolve(".s.PGSQL.5432"));
        assertThat(action.perform(order())).contains(Failure.REFUSED_BY_HOST);
        assertThat(held("password.nuxari-new")).isEqualTo(stranded);

        socket = new SocketOfPostgres(folder.resolve(".s.PGSQL.5432"), POSTGRES.port());
        assertThat(action.perform(order())).isEmpty();
        assertThat(held("password.nuxari-before")).isEqualTo(stranded);
        seen(true);
        logIn(held("password"));
    }

    @Test
    void roleThatTheAgentMayNotChangeKeepsItsPassword() throws Exception {
        Json.Obj other = order("other");

        assertThat(action.perform(other)).contains(Failure.REFUSED_BY_HOST);
        DriverManager.getConnection(POSTGRES.jdbcUrl("postgres"), "other", "x").close();
        assertThat(held("password")).isEqualTo(FORMER);
        assertThat(action.perform(order("nobody_like_this"))).contains(Failure.REFUSED_BY_HOST);
    }

    /** Whoever gets in without a password has not shown that it is right. */
    @Test
    void databaseThatDoesNotAskHasNotTakenAPassword() throws Exception {
        assertThat(((Sight.Seen) action.look(order("open"))).summary().values().bool("accepted"))
                .isFalse();
        assertThat(action.perform(order("open"))).contains(Failure.UNEXPECTED_STATE);
        assertThat(held("password")).isEqualTo(FORMER);
    }

    @Test
    void withoutADatabaseOrAFolderItIsNotFound() throws Exception {
        assertThat(action.look(order().with("port", 5433))).isEqualTo(new Sight.Unseen(Failure.NOT_FOUND));
        assertThat(action.look(order().with("file", "/none/password"))).isEqualTo(new Sight.Unseen(Failure.NOT_FOUND));
        Files.createSymbolicLink(folder.resolve("link"), file);
        assertThat(action.look(order().with("file", "/link"))).isEqualTo(new Sight.Unseen(Failure.REFUSED_BY_HOST));
        assertThat(action.perform(order().with("file", "/link"))).contains(Failure.REFUSED_BY_HOST);
        logIn(FORMER);
    }

    @Test
    void fileThatIsNewIsRootsAlone() throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(
                "root".equals(System.getProperty("user.name")), "SKIPPED: only root can give a file to root");
        Files.delete(file);
        assertThat(seen(false).values()).isEqualTo(Json.object("present", false, "accepted", false));

        assertThat(action.perform(order())).isEmpty();
        seen(true);
        assertThat(Files.getOwner(file).getName()).isEqualTo("root");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    /** A program on the socket that only plays the database. */
    @Test
    void serverThatDoesNotKnowThePasswordIsNotBelieved() throws IOException {
        var scram = new Scram("secret", new SecureRandom());
        String nonce = scram.first().substring("n,,n=,r=".length());

        assertThat(scram.isAnsweredBy("v=")).isFalse();
        assertThat(scram.last("r=" + nonce + "x,s=c2FsdA==,i=4096")).startsWith("c=biws,r=" + nonce + "x,p=");
        assertThat(scram.isAnsweredBy("v=" + "A".repeat(43) + "=")).isFalse();
        for (String wrong : new String[] {
            "r=other,s=c2FsdA==,i=4096",
            "r=" + nonce + ",s=c2FsdA==,i=4096",
            "r=" + nonce + "x,s=c2FsdA==,i=9999999",
            "r=" + nonce + "x,s=c2FsdA==,i=0",
            "r=" + nonce + "x,s=c,i=4096"
        }) {
            assertThatThrownBy(() -> scram.last(wrong)).as(wrong).isInstanceOf(IOException.class);
        }
    }
}
