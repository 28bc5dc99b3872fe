package dev.nuxari.server.isolation;

import static java.util.stream.Collectors.joining;

import dev.nuxari.kernel.OrganizationId;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the database holds of an organization, looked at from beyond the walls. */
final class Rows {
    /** What is shorter may stand anywhere by chance. */
    private static final int TELLING = 8;

    /** So may words: states, kinds, reasons. */
    private static final Pattern WORDS = Pattern.compile("[a-z .-]+");

    private final PrivateDatabase database;
    private final String all;
    private final String versions;
    private final String content;
    private final Map<String, Set<String>> known = new HashMap<>();

    Rows(PrivateDatabase database) {
        this.database = database;
        List<String> tables = database.ownedTables();
        this.all = union("to_jsonb(t) AS content", tables);
        this.versions = union("concat(tableoid, ctid, xmin) AS version", tables);
        // The log and the answers that are kept say what was asked for, also when it was refused.
        this.content = union(
                "xmin AS since, to_jsonb(t)::text AS content",
                tables.stream()
                        .filter(table -> !table.startsWith("audit_") && !table.equals("idempotency_key"))
                        .toList());
    }

    private static String union(String columns, Collection<String> tables) {
        return tables.stream()
                .map(table -> "SELECT %s FROM %s t WHERE organization_id = :id".formatted(columns, table))
                .collect(joining(" UNION ALL "));
    }

    /** Another one as soon as a row of the organization is added, written or removed. */
    String digest(OrganizationId organization) {
        return database.beyondTheWalls()
                .sql("SELECT md5(string_agg(version, '' ORDER BY version)) FROM (" + versions + ") r")
                .param("id", organization.value())
                .query((row, _) -> String.valueOf(row.getString(1)))
                .single();
    }

    /** Where in time the database is, for {@link #mentions}. */
    long now() {
        return database.beyondTheWalls()
                .sql("SELECT CAST(CAST(pg_snapshot_xmax(pg_current_snapshot()) AS text) AS bigint)")
                .query((row, _) -> row.getLong(1))
                .single();
    }

    /** Every value that tells whose row it is in; bytes as the API may spell them. */
    Set<String> values(OrganizationId organization) {
        return known.computeIfAbsent(organization + digest(organization), _ -> read(organization));
    }

    private Set<String> read(OrganizationId organization) {
        Set<String> values = new HashSet<>();
        database
                .beyondTheWalls()
                .sql("SELECT DISTINCT value FROM (" + all
                        + ") r, jsonb_each_text(content) WHERE length(value) >= :least")
                .param("id", organization.value())
                .param("least", TELLING)
                .query((row, _) -> row.getString(1))
                .list()
                .stream()
                .filter(value -> !WORDS.matcher(value).matches())
                .forEach(value -> spellings(value).forEach(values::add));
        values.remove(organization.toString());
        return values;
    }

    /** What the organization's own log says; it says also what was asked for and refused. */
    String log(OrganizationId organization) {
        return database.beyondTheWalls()
                .sql("SELECT string_agg(convert_from(leaf, 'UTF8'), ' ') FROM audit_event WHERE organization_id = ?")
                .param(organization.value())
                .query((row, _) -> String.valueOf(row.getString(1)))
                .single();
    }

    private static Stream<String> spellings(String value) {
        if (!value.startsWith("\\x")) {
            return Stream.of(value);
        }
        byte[] bytes = HexFormat.of().parseHex(value.substring(2));
        return Stream.of(
                        value.substring(2),
                        Base64.getEncoder().encodeToString(bytes),
                        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes))
                .filter(spelled -> spelled.length() >= TELLING);
    }

    /** Whether a row of the organization that was written since then names one of these, other than to say it was asked for. */
    boolean mentions(OrganizationId organization, Collection<String> ids, long since) {
        return !ids.isEmpty()
                && database.beyondTheWalls()
                        .sql("SELECT EXISTS (SELECT FROM (" + content + ") r"
                                + " WHERE CAST(CAST(since AS text) AS bigint) >= :since AND content ~ :ids)")
                        .param("id", organization.value())
                        .param("since", since)
                        .param("ids", String.join("|", ids))
                        .query((row, _) -> row.getBoolean(1))
                        .single();
    }

    /** One row of the organization in a table, as JSON. */
    String one(String table, OrganizationId organization) {
        return database.beyondTheWalls()
                .sql("SELECT to_jsonb(t)::text FROM " + table + " t WHERE organization_id = ? LIMIT 1")
                .param(organization.value())
                .query((row, _) -> row.getString(1))
                .optional()
                .orElseThrow(() -> new AssertionError("The ablation has no row of " + table
                        + ". Let Population make one, or the table is not tested."));
    }
}
