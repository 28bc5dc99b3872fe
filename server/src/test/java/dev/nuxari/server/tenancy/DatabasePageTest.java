package dev.nuxari.server.tenancy;

import static dev.nuxari.server.testing.TestDatabase.beyondTheWalls;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;

import dev.nuxari.kernel.Claim;
import dev.nuxari.server.testing.Committed;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/database.md} is what the catalogue says. A key, a check, a policy, a trigger or a privilege that comes, goes or
 * changes is seen in the page, and so by whoever reviews the change.
 */
class DatabasePageTest {
    private static final String HEAD = """
            # What the database keeps up

            For each table: its keys and checks, the policy of row-level security, the triggers, and what the server's roles
            may do. All tables and functions belong to `nuxari_owner`, whom the server cannot become. The rules that hold for
            every table are in [architecture.md](architecture.md#what-keeps-organizations-apart). This page is made from the catalogue of
            a migrated database.
            """;

    private record Line(String subject, String text) {}

    private static final String TABLES = """
            WITH tables AS (
                SELECT oid, relname, relrowsecurity, relforcerowsecurity, relacl
                FROM pg_class
                WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace AND relname <> 'flyway_schema_history'
            )
            SELECT relname, line
            FROM (
                SELECT conrelid, CASE contype WHEN 'p' THEN 1 WHEN 'u' THEN 2 WHEN 'f' THEN 3 ELSE 5 END,
                       pg_get_constraintdef(oid)
                FROM pg_constraint
                WHERE contype <> 'n'
                UNION ALL
                SELECT indrelid, 2, regexp_replace(pg_get_indexdef(indexrelid), ' INDEX .* USING btree ', ' ')
                FROM pg_index
                WHERE indisunique AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype <> 'f')
                UNION ALL
                SELECT attrelid, 4, 'NOT NULL ' || string_agg(attname, ', ' ORDER BY attnum)
                FROM pg_attribute
                WHERE attnotnull AND attnum > 0
                GROUP BY attrelid
                UNION ALL
                SELECT oid, 6, 'ROW LEVEL SECURITY ENABLED' || CASE WHEN relforcerowsecurity THEN ', FORCED' ELSE '' END
                FROM tables
                WHERE relrowsecurity
                UNION ALL
                SELECT polrelid, 7, concat('POLICY ', polname, ' TO ', array_to_string(polroles::regrole[], ', '), ' USING ',
                                           pg_get_expr(polqual, polrelid),
                                           ' WITH CHECK ' || nullif(pg_get_expr(polwithcheck, polrelid),
                                                                    pg_get_expr(polqual, polrelid)))
                FROM pg_policy
                UNION ALL
                SELECT tgrelid, 8, regexp_replace(pg_get_triggerdef(oid), '^CREATE| ON public\\.\\w+', '', 'g')
                                   || CASE tgenabled WHEN 'O' THEN '' ELSE ' DISABLED' END
                FROM pg_trigger
                WHERE NOT tgisinternal
                UNION ALL
                SELECT tables.oid, 9, grantee::regrole || ' may ' || string_agg(privilege_type, ', ' ORDER BY privilege_type)
                FROM tables, aclexplode(relacl)
                WHERE grantee <> 'nuxari_owner'::regrole
                GROUP BY tables.oid, grantee
                UNION ALL
                SELECT attrelid, 9, concat(grantee::regrole, ' may ', privilege_type, ' (',
                                           string_agg(attname, ', ' ORDER BY attnum), ')')
                FROM pg_attribute, aclexplode(attacl)
                GROUP BY attrelid, grantee, privilege_type
            ) AS lines (relation, place, line)
            JOIN tables ON tables.oid = relation
            ORDER BY relname, place, line
            """;

    private static final String FUNCTIONS = """
            SELECT grantee::regrole, concat(proname, '(', pg_get_function_identity_arguments(pg_proc.oid), ')',
                                            CASE WHEN prosecdef THEN ' as its owner' END)
            FROM pg_proc, aclexplode(proacl)
            WHERE pronamespace = 'public'::regnamespace AND grantee <> 'nuxari_owner'::regrole
            ORDER BY grantee::regrole::text, 2
            """;

    @Test
    @Claim({"T1", "T4"})
    void pageSaysWhatTheCatalogueSays() {
        Committed.assertUpToDate(
                "database.md",
                HEAD + "\n## Tables\n" + sections(lines(TABLES)) + "\n## Functions that a role may call\n"
                        + sections(lines(FUNCTIONS)));
    }

    private static String sections(List<Line> lines) {
        return lines.stream()
                .collect(groupingBy(Line::subject, TreeMap::new, mapping(Line::text, joining("\n"))))
                .entrySet()
                .stream()
                .map(section -> "\n### %s\n```\n%s\n```\n".formatted(section.getKey(), section.getValue()))
                .collect(joining());
    }

    private static List<Line> lines(String query) {
        return beyondTheWalls()
                .sql(query)
                .query((row, _) -> new Line(
                        String.valueOf(row.getString(1)),
                        String.valueOf(row.getString(2)).strip()))
                .list();
    }
}
