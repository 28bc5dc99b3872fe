package dev.nuxari.server.tenancy;

import dev.nuxari.server.tenancy.StatementPart.Word;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What stands between two parentheses of a plain statement: words, signs, and levels further in. Words are in lower case,
 * parameters as they are written. A literal keeps its quotes, so it is never taken for a word.
 */
record Level(List<StatementPart> parts) implements StatementPart {
    private static final Pattern TOKEN = Pattern.compile("'(?:[^']|'')*'|::|:\\w+|\\w+|\\S");

    Level {
        parts = List.copyOf(parts);
    }

    /** Takes apart what {@link PlainSql} has let pass. */
    static Level of(String sql) {
        Deque<List<StatementPart>> open = new ArrayDeque<>();
        open.push(new ArrayList<>());
        Matcher token = TOKEN.matcher(sql);
        while (token.find()) {
            switch (token.group()) {
                case "(" -> open.push(new ArrayList<>());
                case ")" -> {
                    Level inner = new Level(open.pop());
                    if (open.isEmpty()) {
                        throw new IllegalArgumentException("parentheses do not match: " + sql);
                    }
                    open.element().add(inner);
                }
                default -> open.element().add(new Word(word(token.group())));
            }
        }
        if (open.size() != 1) {
            throw new IllegalArgumentException("parentheses do not match: " + sql);
        }
        return new Level(open.pop());
    }

    private static String word(String token) {
        return token.startsWith(":") ? token : token.toLowerCase(Locale.ROOT);
    }

    /** This level and all further in. */
    Stream<Level> all() {
        return Stream.concat(
                Stream.of(this),
                parts.stream().flatMap(part -> part instanceof Level inner ? inner.all() : Stream.empty()));
    }

    int size() {
        return parts.size();
    }

    /** The word there; empty for a level, and beyond either end. */
    String word(int position) {
        boolean inside = position >= 0 && position < parts.size();
        return inside && parts.get(position) instanceof Word(String text) ? text : "";
    }

    /** Whether these words stand there. */
    boolean reads(int position, String... words) {
        return IntStream.range(0, words.length).allMatch(i -> word(position + i).equals(words[i]));
    }

    /** The level there; an empty one if there is none. */
    Level inner(int position) {
        boolean inside = position >= 0 && position < parts.size();
        return inside && parts.get(position) instanceof Level inner ? inner : new Level(List.of());
    }
}
