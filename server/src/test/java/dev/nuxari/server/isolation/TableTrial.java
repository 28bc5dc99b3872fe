package dev.nuxari.server.isolation;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.tenancy.AnySql;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationJdbc;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.dao.DataAccessException;

/**
 * Statements on one table that are after the rows of the other organization, in a scope of one's own. What they do is undone.
 */
final class TableTrial {
    /** The layers that see statements. */
    static final Set<Layer> SEEN_BY = EnumSet.of(Layer.DATA_ACCESS, Layer.DATABASE);

    private final Layers layers;
    private final OrganizationScope scope;
    private final OrganizationJdbc jdbc;
    private final Caller caller;
    private final OrganizationId other;

    TableTrial(Layers layers, OrganizationScope scope, OrganizationJdbc jdbc, Caller caller, OrganizationId other) {
        this.layers = layers;
        this.scope = scope;
        this.jdbc = jdbc;
        this.caller = caller;
        this.other = other;
    }

    enum Verb {
        SELECT,
        COUNT,
        INSERT,
        UPDATE,
        DELETE
    }

    /** What is wrong with the statement. */
    enum Fault {
        CONDITION_FORGOTTEN("its condition forgotten"),
        OTHER_BOUND("bound to the other organization");

        private final String words;

        Fault(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        private String condition() {
            return this == OTHER_BOUND ? "organization_id = :organizationId" : "true";
        }
    }

    /**
     * One statement.
     *
     * @param columns those of the table that can be written
     */
    record Statement(String table, String columns, Verb verb, Fault fault) {
        @Override
        public String toString() {
            return "%s %s, %s".formatted(verb, table, fault.words());
        }
    }

    record Result(boolean succeeded, String answer) {}

    /** Ends the scope, so that it is rolled back. */
    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int rows;

        private Undone(int rows) {
            this.rows = rows;
        }
    }

    Result run(Statement statement, String row, Setting setting) {
        layers.only(setting.on(), new Lapse.Bound(other));
        try {
            scope.run(caller.organization(), caller, () -> {
                throw new Undone(rows(statement, row));
            });
            throw new IllegalStateException("the scope was not rolled back");
        } catch (Undone undone) {
            return new Result(undone.rows > 0, undone.rows + " rows");
        } catch (IllegalArgumentException refused) {
            return new Result(false, "the guard does not send it");
        } catch (DataAccessException refused) {
            return new Result(
                    false,
                    String.valueOf(refused.getMostSpecificCause().getMessage())
                            .lines()
                            .findFirst()
                            .orElse(""));
        } finally {
            layers.all();
        }
    }

    private int rows(Statement statement, String row) {
        return switch (statement.verb()) {
            case SELECT -> select(statement, row);
            case COUNT -> count(statement);
            case INSERT -> insert(statement, row);
            case UPDATE -> change("UPDATE %1$s x SET organization_id = x.organization_id", statement, row);
            case DELETE -> change("DELETE FROM %1$s x", statement, row);
        };
    }

    private int select(Statement statement, String row) {
        return AnySql.of(
                        jdbc,
                        "SELECT to_jsonb(x)::text FROM %s x WHERE %s AND to_jsonb(x) = CAST(:row AS jsonb)"
                                .formatted(statement.table(), statement.fault().condition()))
                .param("row", row)
                .list((found, _) -> found.getString(1))
                .size();
    }

    private int count(Statement statement) {
        return AnySql.of(
                        jdbc,
                        "SELECT count(*) FROM %s x WHERE %s AND organization_id <> CAST(:own AS uuid)"
                                .formatted(statement.table(), statement.fault().condition()))
                .param("own", caller.organization().value())
                .single((found, _) -> found.getInt(1));
    }

    private int change(String verb, Statement statement, String row) {
        return AnySql.of(
                        jdbc,
                        (verb + " WHERE %2$s AND to_jsonb(x) = CAST(:row AS jsonb)")
                                .formatted(statement.table(), statement.fault().condition()))
                .param("row", row)
                .update();
    }

    /** The row makes room for itself first, where that is possible. */
    private int insert(Statement statement, String row) {
        makeRoom(statement, row);
        String organization = statement.fault() == Fault.OTHER_BOUND ? ":organizationId" : "'" + other + "'";
        List<String> inserted = AnySql.of(jdbc, """
                        INSERT INTO %1$s (%3$s)
                        SELECT %3$s
                        FROM jsonb_populate_record(CAST(NULL AS %1$s), CAST(:row AS jsonb)
                            || jsonb_build_object('organization_id', CAST(%2$s AS uuid))) r
                        WHERE CAST(%2$s AS uuid) IS NOT NULL
                        RETURNING organization_id
                        """.formatted(statement.table(), organization, statement.columns()))
                .param("row", row)
                .list((found, _) -> found.getString(1));
        return (int) inserted.stream().filter(other.toString()::equals).count();
    }

    private void makeRoom(Statement statement, String row) {
        try {
            change("DELETE FROM %1$s x", statement, row);
        } catch (IllegalArgumentException _) {
            // The guard is on, and will be asked about the insertion too.
            return;
        }
    }
}
