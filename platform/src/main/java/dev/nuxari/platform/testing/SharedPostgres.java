package dev.nuxari.platform.testing;

import dev.nuxari.platform.DatabaseRoles;
import dev.nuxari.platform.Postgres;
import dev.nuxari.platform.PostgresOptions;
import java.nio.file.Path;

/**
 * One PostgreSQL for all tests of a JVM, with the roles and the empty databases of the product. Its data lies below
 * {@code target/} and is deleted when the JVM ends.
 */
public final class SharedPostgres {
    private final Postgres postgres;
    private final DatabaseRoles roles;
    private final Path directory;

    private SharedPostgres(Path directory) {
        this.directory = directory;
        this.postgres = Postgres.start(directory.resolve("postgres"), PostgresOptions.disposable());
        this.roles = DatabaseRoles.ensure(postgres, directory.resolve("secrets"));
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop-shared-postgres"));
    }

    /** The one of this JVM, started when first asked for. */
    public static SharedPostgres instance() {
        return Holder.INSTANCE;
    }

    /** The address of a database: {@code nuxari}, {@code keycloak} or {@code postgres}. */
    public String jdbcUrl(String database) {
        return postgres.jdbcUrl(database);
    }

    /** The password of a role, such as {@code nuxari_app}. */
    public String password(String role) {
        return roles.password(role);
    }

    /** The password of {@code postgres}. */
    public String superuserPassword() {
        return postgres.superuserPassword();
    }

    public Postgres postgres() {
        return postgres;
    }

    public DatabaseRoles roles() {
        return roles;
    }

    /** A folder for this JVM's throw-away files. */
    public Path directory() {
        return directory;
    }

    private void stop() {
        postgres.close();
        TestDirectories.delete(directory);
    }

    private static final class Holder {
        static final SharedPostgres INSTANCE = new SharedPostgres(TestDirectories.create("shared-postgres"));
    }
}
