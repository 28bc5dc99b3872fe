package dev.nuxari.server.tenancy;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.platform.testing.SharedPostgres;
import dev.nuxari.server.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** In a database of its own: a key that changes would shut the doors to the server that other tests share. */
@Claim("T4")
class DoorKeyMigrationTest {
    private final String database =
            "door_" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    private final String url = SharedPostgres.instance().jdbcUrl(database);

    @TempDir
    Path folder;

    @BeforeEach
    void databaseWithoutTables() {
        beyondTheWalls()
                .sql("CREATE DATABASE " + database + " OWNER nuxari_owner")
                .update();
    }

    @AfterEach
    void noDatabase() {
        beyondTheWalls().sql("DROP DATABASE " + database).update();
    }

    @Test
    void databaseIsGivenTheKeyOfTheFileAfterEveryMigration() throws IOException {
        byte[] first = migrateWithKey(7);
        byte[] second = migrateWithKey(8);

        assertThat(first).isNotEqualTo(second);
    }

    private byte[] migrateWithKey(int first) throws IOException {
        byte[] secret = new byte[32];
        secret[0] = (byte) first;
        Path file = folder.resolve("door.key");
        Files.writeString(file, Base64.getEncoder().encodeToString(secret));

        Flyway.configure()
                .dataSource(url, "nuxari_owner", TestDatabase.password("nuxari_owner"))
                .callbacks(new DoorKeyMigration(new TenancyConfig(file)))
                .load()
                .migrate();

        TicketKey key = new TicketKey(secret);
        assertThat(stored("inner_key")).isEqualTo(key.inner());
        assertThat(stored("outer_key")).isEqualTo(key.outer());
        return stored("inner_key");
    }

    private byte[] stored(String half) {
        return JdbcClient.create(
                        new DriverManagerDataSource(url, "nuxari_owner", TestDatabase.password("nuxari_owner")))
                .sql("SELECT " + half + " FROM door_key")
                .query((row, _) -> row.getBytes(1))
                .single();
    }
}
