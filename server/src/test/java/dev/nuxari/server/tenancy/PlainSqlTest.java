package dev.nuxari.server.tenancy;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.nuxari.kernel.Claim;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Claim("T4")
class PlainSqlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "\n  select plan FROM approval WHERE organization_id = ? AND note <> 'it''s; fine -- really /* yes */'",
                "WITH seen AS (SELECT 1) INSERT INTO look (at) SELECT :at::timestamptz FROM seen",
                "UPDATE approval SET state = 'gr\u00fcn' WHERE a[1] >= 1.5 * -2",
                "SELECT 3 - 2 / 1",
                "DELETE FROM approval WHERE name ILIKE '%$x$%' AND b = '\"' AND c = ''"
            })
    void queriesAndChangesOfRowsArePlain(String sql) {
        assertThatNoException().isThrownBy(() -> PlainSql.require(sql));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1; SELECT 2",
                "SELECT 1;",
                "SELECT 1 -- comment",
                "SELECT 1 /* comment */",
                "SELECT 1 /* outer /* inner */ still */",
                "SELECT 1 # \u00a0",
                "SELECT \"note\"",
                "SELECT $$note$$",
                "SELECT $x$note$x$",
                "SELECT E'\\''",
                "SELECT e'x'",
                "SELECT U&'\\006e'",
                "SELECT U&\"\\006eote\"",
                "SELECT B'1'",
                "SELECT N'x'",
                "SELECT 'back\\slash'",
                "SELECT 'open",
                "SELECT 'open''",
                "SELECT 'nul\0'",
                "SELECT {fn now()}",
                "SELECT `x`",
                "SELECT \u0430 FROM note",
                "SELECT\u00a01",
                "",
                " ",
                "(SELECT 1)"
            })
    void whatCanBeReadInTwoWaysIsNotPlain(String sql) {
        assertThatIllegalArgumentException().isThrownBy(() -> PlainSql.require(sql));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN",
                "COMMIT",
                "ROLLBACK",
                "SAVEPOINT s",
                "SET search_path = public",
                "RESET ALL",
                "PREPARE S_1 AS SELECT 1",
                "EXECUTE S_1",
                "DEALLOCATE ALL",
                "DISCARD ALL",
                "DECLARE c CURSOR WITH HOLD FOR SELECT 1",
                "FETCH ALL FROM c",
                "LISTEN x",
                "NOTIFY x",
                "LOCK TABLE approval",
                "DO 'x'",
                "CALL protect('approval')",
                "COPY approval TO STDOUT",
                "EXPLAIN SELECT 1",
                "CREATE TABLE x (y int)",
                "ALTER ROLE nuxari_app PASSWORD 'x'",
                "DROP TABLE approval",
                "DROP OWNED BY nuxari_app",
                "GRANT ALL ON approval TO PUBLIC",
                "TRUNCATE approval",
                "TABLE approval",
                "VALUES (1)",
                "MERGE INTO approval USING x ON true WHEN MATCHED THEN DELETE",
                "VACUUM",
                "SELECTION"
            })
    void whatIsNoQueryAndNoChangeOfRowsIsNotPlain(String sql) {
        assertThatIllegalArgumentException().isThrownBy(() -> PlainSql.require(sql));
    }

    @ParameterizedTest
    @EnumSource(Ticket.Door.class)
    void readMayTravelWithItsDoor(Ticket.Door door) {
        assertThatNoException().isThrownBy(() -> PlainSql.require(carried(door, "SELECT name FROM connector")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlainSql.require(carried(door, "SELECT name FROM connector; SELECT 2")));
        assertThatIllegalArgumentException().isThrownBy(() -> PlainSql.require(carried(door, "DEALLOCATE ALL")));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        PlainSql.require(ReadMessage.statementIn("SELECT 1; SELECT name FROM connector; COMMIT")));
    }

    /** What the driver is given: it knows parameters as question marks. */
    private static String carried(Ticket.Door door, String sql) {
        return ReadMessage.statementIn(ReadMessage.of(door, sql).replaceAll(":\\w+", "?"));
    }
}
