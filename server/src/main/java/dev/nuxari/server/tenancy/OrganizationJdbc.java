package dev.nuxari.server.tenancy;

import dev.nuxari.kernel.Spelling;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;

/**
 * The only way from a store to the database.
 *
 * <p>Every statement must name {@code :organizationId}. No store can bind it: its value is that of the verified caller who
 * opened the scope.
 */
@Component
public class OrganizationJdbc {
    private static final String ORGANIZATION = "organizationId";

    private final JdbcClient jdbc;
    private final StatementGuard guard;

    OrganizationJdbc(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.guard = new StatementGuard(ownedTables(jdbc));
    }

    /**
     * Prepares a statement.
     *
     * @throws IllegalArgumentException if it does not bind {@code :organizationId} for every table it names
     * @throws IllegalStateException if no scope is open
     */
    public Statement sql(String sql) {
        guard.check(sql);
        return new Statement(jdbc.sql(sql)
                .param(ORGANIZATION, OrganizationScope.current().organization().value()));
    }

    private static Set<String> ownedTables(JdbcClient jdbc) {
        return jdbc.sql("""
                SELECT relname
                FROM pg_attribute
                JOIN pg_class ON pg_class.oid = attrelid
                WHERE attname = 'organization_id' AND relkind = 'r' AND relnamespace = 'public'::regnamespace
                """).query((row, _) -> row.getString(1)).set();
    }

    /** Speaks in our types: instants travel in UTC, constants as they are spelled. */
    public static final class Statement {
        private final StatementSpec spec;

        private Statement(StatementSpec spec) {
            this.spec = spec;
        }

        public Statement param(String name, @Nullable Object value) {
            if (name.equals(ORGANIZATION)) {
                throw new IllegalArgumentException(":organizationId is bound from the open scope");
            }
            spec.param(name, column(value));
            return this;
        }

        public <T> Optional<T> optional(RowMapper<T> mapper) {
            return spec.query(mapper).optional();
        }

        public <T> List<T> list(RowMapper<T> mapper) {
            return spec.query(mapper).list();
        }

        public <T> T single(RowMapper<T> mapper) {
            return spec.query(mapper).single();
        }

        /** Runs it and answers how many rows it changed. */
        public int update() {
            return spec.update();
        }

        private static @Nullable Object column(@Nullable Object value) {
            return switch (value) {
                case null -> null;
                case Instant instant -> instant.atOffset(ZoneOffset.UTC);
                case Enum<?> constant -> Spelling.of(constant);
                case byte[][] many -> new SqlArrayValue("bytea", (Object[]) many);
                default -> value;
            };
        }
    }
}
