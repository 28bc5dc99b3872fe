package dev.nuxari.server.tenancy;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether the database answers. It looks at no row of anybody. */
@Component
public class DatabaseHealth {
    private final JdbcClient jdbc;

    DatabaseHealth(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Asks the database for a sign of life.
     *
     * @throws org.springframework.dao.DataAccessException if it gives none
     */
    public void check() {
        jdbc.sql("SELECT 1").query(Integer.class).single();
    }
}
