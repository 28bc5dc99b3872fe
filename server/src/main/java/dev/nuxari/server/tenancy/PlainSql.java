package dev.nuxari.server.tenancy;

import java.util.BitSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The small part of SQL that the server writes: one query or one change of rows, without comments, quoted names, escapes
 * and dollar quotes.
 *
 * <p>What lies in this part is cut into words in the same way by whoever reads it: here, in the driver, in PostgreSQL. So a
 * condition cannot hide from the guard in a comment, nor a second statement from the driver in a literal. It has no word for
 * what outlives a transaction: settings, prepared statements, cursors, channels.
 */
final class PlainSql {
    private static final Set<String> FIRST_WORDS = Set.of("select", "insert", "update", "delete", "with");
    private static final Pattern FIRST_WORD = Pattern.compile("\\s*([A-Za-z]+)\\b");

    private static final BitSet WORDS = letters("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
    private static final BitSet SIGNS = letters("()[],.:?=<>+-*/%|&!~#@^ \n\r\t");

    /** Statements are constants, so most are read once. Lists of parameters make more of them than are worth keeping. */
    private static final int REMEMBERED = 1000;

    private static final Set<String> KNOWN = ConcurrentHashMap.newKeySet();

    private PlainSql() {}

    /**
     * Lets a plain statement pass.
     *
     * @throws IllegalArgumentException if the statement is anything else
     */
    static void require(String sql) {
        if (!KNOWN.contains(sql)) {
            read(sql);
            if (KNOWN.size() < REMEMBERED) {
                KNOWN.add(sql);
            }
        }
    }

    private static void read(String sql) {
        Matcher first = FIRST_WORD.matcher(sql);
        if (!first.lookingAt() || !FIRST_WORDS.contains(first.group(1).toLowerCase(Locale.ROOT))) {
            throw refused("it neither queries nor changes rows", sql);
        }
        int position = 0;
        while (position < sql.length()) {
            position = sql.charAt(position) == '\'' ? afterLiteral(sql, position) : afterPlain(sql, position);
        }
    }

    /**
     * PostgreSQL takes a quote after a letter or an ampersand for the beginning of a literal with rules of its own. A literal
     * with a doubled quote is read as two, which cover the same characters.
     */
    private static int afterLiteral(String sql, int start) {
        if (start > 0 && (WORDS.get(sql.charAt(start - 1)) || sql.charAt(start - 1) == '&')) {
            throw refused("a literal has a prefix", sql);
        }
        for (int i = start + 1; i < sql.length(); i++) {
            char letter = sql.charAt(i);
            if (letter == '\\' || letter == 0) {
                throw refused("a literal has an escape", sql);
            }
            if (letter == '\'') {
                return i + 1;
            }
        }
        throw refused("a literal does not end", sql);
    }

    private static int afterPlain(String sql, int position) {
        char letter = sql.charAt(position);
        if (!WORDS.get(letter) && !SIGNS.get(letter)) {
            throw refused("it has a character that plain statements do without", sql);
        }
        boolean mayComment = letter == '-' || letter == '/';
        if (mayComment && (sql.startsWith("--", position) || sql.startsWith("/*", position))) {
            throw refused("it has a comment", sql);
        }
        return position + 1;
    }

    private static BitSet letters(String all) {
        return all.chars().collect(BitSet::new, BitSet::set, BitSet::or);
    }

    private static IllegalArgumentException refused(String why, String sql) {
        return new IllegalArgumentException("the statement is not plain, %s: %s".formatted(why, sql));
    }
}
