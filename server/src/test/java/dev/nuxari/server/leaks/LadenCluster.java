package dev.nuxari.server.leaks;

import dev.nuxari.kernel.Json;
import dev.nuxari.platform.Folders;
import dev.nuxari.platform.Postgres;
import dev.nuxari.platform.PostgresOptions;
import dev.nuxari.platform.testing.SharedPostgres;
import dev.nuxari.server.testing.TestMember;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A PostgreSQL of its own, so that what lies in its files is not taken for a leak into ours. */
final class LadenCluster implements LadenSystem {
    private static final String OBSERVER = "observer";
    private static final String OPERATOR = "operator";
    private static final String BLIND = "blind";
    /** Those whose text is no longer than a name may be. */
    private static final List<Kind> SHORT = List.of(Kind.GITHUB_TOKEN, Kind.BASIC_AUTH_URL);

    private final Canaries canaries;
    private final String password;
    private final Path directory;
    private final Postgres postgres;
    private final JdbcClient superuser;

    LadenCluster(Canaries canaries, String password, TestMember requester) {
        this.canaries = canaries;
        this.password = password;
        directory = SharedPostgres.instance().directory().resolveSibling("laden-" + requester.id());
        postgres = Postgres.start(directory, PostgresOptions.small().withoutDurability());
        superuser = JdbcClient.create(new DriverManagerDataSource(
                postgres.jdbcUrl("postgres"), Postgres.SUPERUSER, postgres.superuserPassword()));
        for (String role : List.of(OBSERVER, OPERATOR, BLIND)) {
            run("CREATE ROLE %I LOGIN PASSWORD %L", role, password);
        }
        run("ALTER ROLE %I CREATEROLE", OPERATOR, "");
        people();
        account("requester", "requester", requester.email());
        held("readers", "");
        held("locked", "");
        laden();
    }

    /**
     * Looking at a person is a call of a function, which may have more to say than who it is: to those who may not look, and to
     * the operator when the requester has been granted something.
     */
    private void people() {
        superuser
                .sql("CREATE TABLE people (role_name text, display_name text, email text)")
                .update();
        String talk = """
                CREATE FUNCTION talk(name text) RETURNS boolean LANGUAGE plpgsql AS $talk$
                BEGIN
                  IF session_user = 'blind' THEN
                    RAISE EXCEPTION USING MESSAGE = %1$s, DETAIL = %2$s, HINT = %3$s;
                  ELSIF session_user = 'operator' AND pg_has_role('requester', 'readers', 'MEMBER') THEN
                    RAISE EXCEPTION USING ERRCODE = '42501', MESSAGE = %4$s, DETAIL = %5$s;
                  END IF;
                  RAISE WARNING USING MESSAGE = %6$s;
                  RETURN true;
                END
                $talk$
                """.formatted(
                        literal("error of a query"),
                        literal("detail of an error of a query"),
                        literal("hint of an error of a query"),
                        literal("error of a grant"),
                        literal("detail of an error of a grant"),
                        literal("warning of a query"));
        superuser.sql(talk).update();
        superuser
                .sql("CREATE VIEW person AS SELECT role_name, nullif(display_name, '') AS display_name, "
                        + "nullif(email, '') AS email FROM people WHERE talk(role_name)")
                .update();
        superuser.sql("GRANT SELECT ON person, people TO PUBLIC").update();
    }

    private String literal(String place) {
        return superuser
                .sql("SELECT quote_literal(?)")
                .param(canaries.all(place))
                .query((row, _) -> row.getString(1))
                .single();
    }

    private void laden() {
        for (Kind kind : Kind.values()) {
            String role = "of_" + kind;
            account(role, text("name of a person", kind), text("address of a person", kind));
            held("role_" + kind, text("comment on a role", kind));
        }
        for (Kind kind : SHORT) {
            account(text("name of a role that logs in", kind), "", "");
            held(text("name of a role", kind), "");
        }
    }

    private String text(String place, Kind kind) {
        return canaries.text(place, kind);
    }

    private void account(String role, String displayName, String email) {
        run("CREATE ROLE %I LOGIN", role, "");
        superuser
                .sql("INSERT INTO people VALUES (?, ?, ?)")
                .params(role, displayName, email)
                .update();
    }

    private void held(String role, String comment) {
        run("CREATE ROLE %I", role, "");
        run("COMMENT ON ROLE %I IS %L", role, comment);
        run("GRANT %I TO " + OPERATOR + " WITH ADMIN OPTION", role, "");
    }

    private void run(String format, String name, String value) {
        superuser
                .sql(superuser
                        .sql("SELECT format(?, ?, ?)")
                        .params(format, name, value)
                        .query((row, _) -> row.getString(1))
                        .single())
                .update();
    }

    @Override
    public Json.Obj registration(String name) {
        return registration(name, OBSERVER, password);
    }

    /** PostgreSQL repeats the name of whom it refuses. */
    @Override
    public Json.Obj refusedRegistration(String name) {
        return registration(name, canaries.text("name of whom a cluster refuses", Kind.GITHUB_TOKEN), "wrong");
    }

    @Override
    public Json.Obj blindRegistration(String name) {
        return registration(name, BLIND, password);
    }

    private Json.Obj registration(String name, String observer, String observersPassword) {
        return Json.object(
                "kind",
                "postgresql",
                "name",
                name,
                "settings",
                Json.object(
                        "host",
                        Postgres.HOST,
                        "port",
                        postgres.port(),
                        "database",
                        "postgres",
                        "sslMode",
                        "disable",
                        "personTable",
                        "person",
                        "excludedRoles",
                        List.of(Postgres.SUPERUSER, OBSERVER, OPERATOR, BLIND)),
                "credentials",
                Json.object(
                        "observe",
                        Json.object("username", observer, "password", observersPassword),
                        "execute",
                        Json.object("username", OPERATOR, "password", password)));
    }

    @Override
    public void close() {
        postgres.close();
        try {
            Folders.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
