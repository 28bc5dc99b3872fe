package dev.nuxari.platform;

import java.io.IOException;
import java.nio.file.Path;

/** A JVM that owns a PostgreSQL and waits to be killed. */
final class PostgresOwner {
    private PostgresOwner() {}

    public static void main(String[] arguments) throws IOException {
        Isolation isolation = Isolation.valueOf(arguments[1]);
        Postgres postgres =
                Postgres.start(Path.of(arguments[0]), PostgresOptions.small().isolatedBy(isolation));
        System.out.println(postgres.pid());
        System.out.flush();
        int ignored = System.in.read();
        System.exit(ignored);
    }
}
