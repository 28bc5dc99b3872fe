package dev.nuxari.server.tenancy;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Refuses a statement that does not bind {@code :organizationId} once for each organization-owned table it names.
 *
 * <p>It reads words, not SQL: it stops the condition that was forgotten. What is wrong on purpose is stopped by row-level
 * security.
 */
final class StatementGuard {
    private static final Pattern LITERAL_OR_COMMENT =
            Pattern.compile("'(?:[^']|'')*'|--[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("(?<![:\\w])\\w+");
    private static final Pattern BINDING = Pattern.compile("(?<!:):organizationId\\b");

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
        String words = LITERAL_OR_COMMENT.matcher(sql).replaceAll(" ");
        long bindings = BINDING.matcher(words).results().count();
        if (bindings < Math.max(1, ownedTablesIn(words))) {
            throw new IllegalArgumentException("the statement does not bind :organizationId for every table: " + sql);
        }
        passed.add(sql);
    }

    private long ownedTablesIn(String words) {
        return WORD.matcher(words)
                .results()
                .map(MatchResult::group)
                .map(word -> word.toLowerCase(Locale.ROOT))
                .filter(ownedTables::contains)
                .distinct()
                .count();
    }
}
