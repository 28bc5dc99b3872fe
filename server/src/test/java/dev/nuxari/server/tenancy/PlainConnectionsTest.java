package dev.nuxari.server.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.nuxari.kernel.Claim;
import dev.nuxari.server.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@Claim("T4")
class PlainConnectionsTest {
    private final DataSource pool =
            new DriverManagerDataSource(TestDatabase.url(), "nuxari_app", TestDatabase.password("nuxari_app"));
    private final PlainConnectionsOnly only = new PlainConnectionsOnly();

    @Test
    void everyPoolOfTheServerIsPutBehindThem() {
        Object first = only.postProcessAfterInitialization(pool, "dataSource");

        assertThat(first).isInstanceOf(PlainConnections.class);
        assertThat(only.postProcessAfterInitialization(first, "dataSource")).isSameAs(first);
        assertThat(only.postProcessAfterInitialization("another bean", "name")).isEqualTo("another bean");
    }

    @Test
    void connectionPreparesPlainStatementsOnly() throws SQLException {
        var plain = new PlainConnections(pool);
        for (Connection connection : new Connection[] {
            plain.getConnection(), plain.getConnection("nuxari_app", TestDatabase.password("nuxari_app"))
        }) {
            try (connection) {
                assertThat(connection.prepareStatement("SELECT 1").executeQuery())
                        .isNotNull();
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> connection.prepareStatement("SET search_path = x"));
                assertThatIllegalArgumentException().isThrownBy(connection::createStatement);
                assertThatIllegalArgumentException().isThrownBy(() -> connection.prepareCall("SELECT 1"));
            }
        }
    }
}
