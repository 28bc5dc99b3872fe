package dev.nuxari.server.tenancy;

import com.google.errorprone.annotations.CompileTimeConstant;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Spelling;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.support.DataAccessUtils;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.RowMapperResultSetExtractor;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
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

    private final NamedParameterJdbcOperations jdbc;
    private final StatementGuard guard;

    OrganizationJdbc(NamedParameterJdbcOperations jdbc) {
        this.jdbc = jdbc;
        this.guard = new StatementGuard(ownedTables(jdbc));
    }

    /**
     * Prepares a statement, for the scope that is open. The compiler refuses a text that is put together at run time: what
     * is a constant has nothing smuggled into it.
     *
     * @throws IllegalArgumentException if it does not bind {@code :organizationId} for every table it names
     * @throws IllegalStateException if no scope is open
     */
    public Statement sql(@CompileTimeConstant final String sql) {
        return statement(sql);
    }

    /** For the tests, which write statements for every table there is. */
    Statement statement(String sql) {
        guard.check(sql);
        return new Statement(jdbc, OrganizationScope.open(), organization(), sql);
    }

    /**
     * The organization that statements are bound to. What is remembered of rows is found under it too: memory is no way
     * around this layer.
     *
     * @throws IllegalStateException if no scope is open
     */
    public OrganizationId organization() {
        return OrganizationScope.open().caller().organization();
    }

    private static Set<String> ownedTables(NamedParameterJdbcOperations jdbc) {
        return Set.copyOf(jdbc.queryForList("""
                SELECT relname
                FROM pg_attribute
                JOIN pg_class ON pg_class.oid = attrelid
                WHERE attname = 'organization_id' AND relkind = 'r' AND relnamespace = 'public'::regnamespace
                """, Map.of(), String.class));
    }

    /** Speaks in our types: instants travel in UTC, constants as they are spelled. */
    public static final class Statement {
        private final NamedParameterJdbcOperations jdbc;
        private final OpenScope scope;
        private final String sql;
        private final MapSqlParameterSource parameters = new MapSqlParameterSource();

        /** Outside this file only for the tests that show the other layers hold without this one. */
        Statement(NamedParameterJdbcOperations jdbc, OpenScope scope, OrganizationId bound, String sql) {
            this.jdbc = jdbc;
            this.scope = scope;
            this.sql = sql;
            parameters.addValue(ORGANIZATION, bound.value());
        }

        public Statement param(String name, @Nullable Object value) {
            if (name.equals(ORGANIZATION)) {
                throw new IllegalArgumentException(":organizationId is bound from the open scope");
            }
            parameters.addValue(name, column(value));
            return this;
        }

        public <T> Optional<T> optional(RowMapper<T> mapper) {
            return DataAccessUtils.optionalResult(list(mapper));
        }

        public <T> List<T> list(RowMapper<T> mapper) {
            mustBeHere();
            return scope.isReading() ? readThroughDoor(mapper) : jdbc.query(sql, parameters, mapper);
        }

        public <T> T single(RowMapper<T> mapper) {
            return DataAccessUtils.requiredSingleResult(list(mapper));
        }

        /** Runs it and answers how many rows it changed. */
        public int update() {
            mustBeHere();
            scope.mustBeWriting();
            return jdbc.update(sql, parameters);
        }

        /** Its organization was bound when it was made, so it is of no use in another scope, nor in another thread. */
        private void mustBeHere() {
            if (OrganizationScope.open() != scope) {
                throw new IllegalStateException("the statement was made for another scope");
            }
        }

        /**
         * The door, the statement and the end of the transaction, which the driver sends in one message, with the beginning of
         * the transaction before them. Where it cannot tell how long the answer gets, it waits for the door's first.
         */
        private <T> List<T> readThroughDoor(RowMapper<T> mapper) {
            Ticket ticket = scope.caller().ticket();
            ticket.parametersFor(scope.organization()).forEach(parameters::addValue);
            List<T> rows = jdbc.execute(ReadMessage.of(ticket.door(), sql), parameters, both -> {
                both.execute();
                both.getMoreResults();
                try (ResultSet second = both.getResultSet()) {
                    return new RowMapperResultSetExtractor<>(mapper).extractData(second);
                }
            });
            return Objects.requireNonNull(rows);
        }

        private static @Nullable Object column(@Nullable Object value) {
            return switch (value) {
                case null -> null;
                case Instant instant -> instant.atOffset(ZoneOffset.UTC);
                case Enum<?> constant -> Spelling.of(constant);
                case byte[][] many -> new SqlArrayValue("bytea", (Object[]) many);
                case int[] many ->
                    new SqlArrayValue("int4", Arrays.stream(many).boxed().toArray());
                default -> value;
            };
        }
    }
}
