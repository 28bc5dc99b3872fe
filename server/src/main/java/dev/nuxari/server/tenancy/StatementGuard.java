package dev.nuxari.server.tenancy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Refuses a statement that does not bind {@code :organizationId} for each mention of an organization-owned table.
 *
 * <p>A table that is read or changed needs {@code organization_id = :organizationId} as a condition that must hold: in the
 * {@code WHERE} of its own query, or in its own {@code ON}, not below an {@code OR}. A row that is added begins with
 * {@code :organizationId}. Statements are {@link PlainSql}, so their words can be told; the guard is no parser and errs by
 * refusing. It stops what was forgotten; what is wrong on purpose is stopped by row-level security.
 */
final class StatementGuard {
    private static final String ORGANIZATION = "organization_id";
    private static final String BINDING = ":organizationId";
    private static final Set<String> ENDS_QUERY = Set.of("union", "intersect", "except", "returning");
    private static final Set<String> ENDS_CONDITION = Set.of(
            "where",
            "join",
            "on",
            "group",
            "having",
            "window",
            "order",
            "limit",
            "offset",
            "fetch",
            "for",
            "returning",
            "union",
            "intersect",
            "except");
    private static final Set<String> KIND_OF_JOIN = Set.of("left", "inner", "cross");
    private static final Set<String> FOLLOWS_A_TABLE = Set.of(
            "",
            ",",
            "set",
            "where",
            "join",
            "left",
            "inner",
            "cross",
            "on",
            "group",
            "order",
            "limit",
            "offset",
            "for",
            "returning",
            "union",
            "intersect",
            "except",
            "using");

    /** Beside this word a condition need not hold. */
    private static final Set<String> LOOSENS = Set.of("or");

    /** What begins with one of these has an AND of its own. */
    private static final Set<String> CLAIMS_AND = Set.of("between", "case");

    /** With these a condition in ON does not limit every row of its table. */
    private static final Set<String> OUTER = Set.of("right", "full", "natural");

    private final Set<String> ownedTables;

    /** Statements are constants, so each is read once. */
    private final Set<String> passed = ConcurrentHashMap.newKeySet();

    StatementGuard(Set<String> ownedTables) {
        this.ownedTables = Set.copyOf(ownedTables);
    }

    void check(String sql) {
        if (passed.contains(sql)) {
            return;
        }
        PlainSql.require(sql);
        Level statement = Level.of(sql);
        if (statement.all().noneMatch(StatementGuard::binds) || !statement.all().allMatch(this::isBound)) {
            throw new IllegalArgumentException("the statement does not bind :organizationId for every table: " + sql);
        }
        passed.add(sql);
    }

    private static boolean binds(Level level) {
        return IntStream.range(0, level.size()).anyMatch(i -> level.word(i).equals(BINDING));
    }

    private boolean isBound(Level level) {
        return IntStream.range(0, level.size()).noneMatch(i -> moves(level, i))
                && IntStream.range(0, level.size())
                        .filter(i -> mentions(level, i))
                        .allMatch(i -> level.word(i - 1).equals("into") ? isAdded(level, i) : isLimited(level, i));
    }

    /** Whether a row would change its organization. */
    private static boolean moves(Level level, int position) {
        boolean assigned = level.word(position - 1).equals("set")
                || level.word(position - 1).equals(",");
        boolean several =
                level.word(position).isEmpty() && level.word(position - 1).equals("set");
        return several || (assigned && level.reads(position, ORGANIZATION, "="));
    }

    /** Every place where the bare name of a table stands is one; the prefix of a column is not. */
    private boolean mentions(Level level, int position) {
        boolean qualified = level.word(position - 1).equals(".")
                && !level.word(position - 2).equals("public");
        return ownedTables.contains(level.word(position))
                && !level.word(position + 1).equals(".")
                && !qualified;
    }

    private static boolean isAdded(Level level, int table) {
        if (!level.inner(table + 1).word(0).equals(ORGANIZATION)) {
            return false;
        }
        if (level.word(table + 2).equals("select")) {
            return isFirstValue(level, table + 3);
        }
        int row = table + 3;
        boolean bound = level.word(table + 2).equals("values") && isFirstValue(level.inner(row), 0);
        for (; bound && level.word(row + 1).equals(","); row += 2) {
            bound = isFirstValue(level.inner(row + 2), 0);
        }
        return bound;
    }

    private static boolean isFirstValue(Level level, int position) {
        return level.reads(position, BINDING, ",")
                || (level.word(position).equals("cast")
                        && level.inner(position + 1).reads(0, BINDING, "as", "uuid")
                        && level.word(position + 2).equals(","));
    }

    private static boolean isLimited(Level level, int table) {
        if (has(level, 0, level.size(), OUTER)) {
            return false;
        }
        int name = level.word(table + 1).equals("as") ? table + 2 : table + 1;
        boolean named = !FOLLOWS_A_TABLE.contains(level.word(name));
        String alias = level.word(named ? name : table);
        int after = named ? name + 1 : name;
        if (level.inner(after).size() > 0) {
            return false;
        }
        return holdsFrom(level, whereAfter(level, after), "where", alias)
                || (level.word(table - 1).equals("join") && holdsFrom(level, after, "on", alias));
    }

    /** Where the condition of the query that goes on here begins; where the query ends, if it has none. */
    private static int whereAfter(Level level, int start) {
        int at = start;
        while (at < level.size() && !level.word(at).equals("where") && !endsQuery(level, at)) {
            at++;
        }
        return at;
    }

    /** Whether a condition that begins here, with that word, must hold for the table of this name. */
    private static boolean holdsFrom(Level level, int begin, String word, String alias) {
        if (!level.word(begin).equals(word)) {
            return false;
        }
        int end = begin + 1;
        while (end < level.size() && !endsCondition(level, end)) {
            end++;
        }
        return !has(level, begin, end, LOOSENS) && hasConjunct(level, begin, end, alias);
    }

    private static boolean endsQuery(Level level, int position) {
        return ENDS_QUERY.contains(level.word(position)) || level.reads(position, "on", "conflict");
    }

    /** A function may be called left(…), so a join is one only with its second word. */
    private static boolean endsCondition(Level level, int position) {
        boolean join = KIND_OF_JOIN.contains(level.word(position))
                && (level.word(position + 1).equals("join")
                        || level.word(position + 1).equals("outer"));
        return join || ENDS_CONDITION.contains(level.word(position));
    }

    private static boolean has(Level level, int begin, int end, Set<String> words) {
        return IntStream.range(begin, end).anyMatch(i -> words.contains(level.word(i)));
    }

    private static boolean hasConjunct(Level level, int begin, int end, String alias) {
        return IntStream.range(begin + 1, end).anyMatch(i -> {
            boolean prefixed = level.reads(i, alias, ".", ORGANIZATION, "=", BINDING);
            boolean bare = level.reads(i, ORGANIZATION, "=", BINDING);
            int after = i + (prefixed ? 5 : 3);
            boolean first = i == begin + 1 || level.word(i - 1).equals("and");
            boolean last = after == end || level.word(after).equals("and");
            return (prefixed || bare) && first && last && !has(level, begin, i, CLAIMS_AND);
        });
    }
}
