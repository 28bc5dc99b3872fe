package dev.nuxari.server.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds values whose name stands in another row: a column of an INSERT, or of a table with a header line. */
final class Columns {
    private static final Pattern INSERT =
            Pattern.compile("(?i)\\binsert\\s{1,8}into\\s{1,8}[\\w.\"`\\[\\]]{1,128}\\s{0,8}"
                    + "\\(([^()]{1,2000})\\)\\s{0,8}values?\\s{0,8}");
    private static final Pattern HEADING = Pattern.compile("\\s*\"?[\\p{L}\\d_ .-]{1,40}\"?\\s*");
    private static final String DELIMITERS = ",;\t|";
    private static final int LONGEST_HEADING = 44;
    private static final int LONGEST_STATEMENT = 2300;
    private static final int LONGEST_ROW = 100_000;
    private static final int MOST_COLUMNS = 200;

    /** A stretch of a text between delimiters. */
    private record Cell(Text text, int start, int end) {
        Cell trimmed() {
            int from = start;
            int to = end;
            while (from < to && isMargin(text.charAt(from))) {
                from++;
            }
            while (to > from && isMargin(text.charAt(to - 1))) {
                to--;
            }
            return new Cell(text, from, to);
        }

        private static boolean isMargin(char c) {
            return c <= ' ' || c == '"' || c == '\'';
        }

        Text content() {
            return text.subSequence(start, end);
        }
    }

    private final Text text;
    private final Spans spans;
    /** Up to here all statements, and all lines, have been looked at. */
    private int statementsDone;

    private int linesDone;

    Columns(Text text, Spans spans) {
        this.text = text;
        this.spans = spans;
    }

    /** The word INSERT stands there. */
    void lookAtStatement(int start) {
        Matcher insert = INSERT.matcher(text)
                .useTransparentBounds(true)
                .region(start, Math.min(text.length(), start + LONGEST_STATEMENT));
        if (start < statementsDone || !insert.lookingAt()) {
            return;
        }
        statementsDone = insert.end();
        List<Cell> names = cells(text, insert.start(1), insert.end(1), ',');
        int at = insert.end();
        while (at < text.length() && text.charAt(at) == '(') {
            int close = closing(text, at + 1);
            mask(names, cells(text, at + 1, close, ','), spans);
            at = nextRow(text, close + 1);
        }
    }

    /** A name of a secret stands there: perhaps in the header of a table, which masks the rows under it. */
    void lookAtLineAround(int at) {
        if (at < linesDone) {
            return;
        }
        int start = at;
        while (start > linesDone && text.charAt(start - 1) != '\n') {
            start--;
        }
        int end = endOfLine(start);
        linesDone = end + 1;
        char delimiter = delimiterOf(text, start, end);
        List<Cell> names = header(start, end, delimiter);
        boolean row = !names.isEmpty();
        while (row && linesDone < text.length()) {
            int next = endOfLine(linesDone);
            List<Cell> values = cells(text, linesDone, next, delimiter);
            row = values.size() == names.size();
            if (row) {
                mask(names, values, spans);
                linesDone = next + 1;
            }
        }
    }

    private int endOfLine(int start) {
        int newline = text.indexOf('\n', start);
        return newline < 0 ? text.length() : newline;
    }

    private static int nextRow(Text text, int from) {
        int at = from;
        while (at < text.length() && (text.charAt(at) <= ' ' || text.charAt(at) == ',')) {
            at++;
        }
        return at;
    }

    private static int closing(Text text, int from) {
        boolean quoted = false;
        int limit = Math.min(text.length(), from + LONGEST_ROW);
        for (int at = from; at < limit; at++) {
            char c = text.charAt(at);
            quoted = (c == '\'') != quoted;
            if (c == ')' && !quoted) {
                return at;
            }
        }
        return limit;
    }

    private static char delimiterOf(Text text, int start, int end) {
        for (int at = start; at < end; at++) {
            if (DELIMITERS.indexOf(text.charAt(at)) >= 0) {
                return text.charAt(at);
            }
        }
        return ',';
    }

    /** The cells if they are the header of a table with a secret column, else none. */
    private List<Cell> header(int start, int end, char delimiter) {
        int first = start;
        while (first < end && text.charAt(first) != delimiter) {
            if (first - start > LONGEST_HEADING || "{}()[]<>:=".indexOf(text.charAt(first)) >= 0) {
                return List.of();
            }
            first++;
        }
        if (first == end) {
            return List.of();
        }
        List<Cell> cells = cells(text, start, end, delimiter);
        boolean names = cells.size() > 1 && cells.stream().allMatch(Columns::isHeading);
        return names && cells.stream().anyMatch(Columns::isSecret) ? cells : List.of();
    }

    private static boolean isHeading(Cell cell) {
        int length = cell.end() - cell.start();
        return length == 0
                || (length <= LONGEST_HEADING && HEADING.matcher(cell.content()).matches());
    }

    private static boolean isSecret(Cell name) {
        return name.end() - name.start() <= 60
                && SecretName.of(name.trimmed().content()).isCertain();
    }

    private static void mask(List<Cell> names, List<Cell> values, Spans spans) {
        for (int i = 0; i < Math.min(names.size(), values.size()); i++) {
            Cell value = values.get(i).trimmed();
            if (isSecret(names.get(i)) && SecretValue.looksLikePassword(value.content())) {
                spans.add(
                        Ranks.COLUMN,
                        value.start(),
                        value.end(),
                        SecretName.of(names.get(i).trimmed().content()).kind());
            }
        }
    }

    /** Splits at the delimiter, but not inside quotes. */
    private static List<Cell> cells(Text text, int start, int end, char delimiter) {
        List<Cell> cells = new ArrayList<>();
        char quote = 0;
        int from = start;
        for (int at = start; at < end && cells.size() < MOST_COLUMNS; at++) {
            char c = text.charAt(at);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || (c == '\'' && delimiter == ',')) {
                quote = c;
            } else if (c == delimiter) {
                cells.add(new Cell(text, from, at));
                from = at + 1;
            }
        }
        cells.add(new Cell(text, from, end));
        return cells;
    }
}
