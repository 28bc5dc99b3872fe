package dev.nuxari.server.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds values whose name stands in another row: a column of an INSERT, or of a table with a header line. */
final class Columns implements Finder {
    private static final Pattern INSERT =
            Pattern.compile("(?i)\\binsert\\s{1,8}into\\s{1,8}[\\w.\"`\\[\\]]{1,128}\\s{0,8}"
                    + "\\(([^()]{1,2000})\\)\\s{0,8}values?\\s{0,8}");
    private static final Pattern HEADING = Pattern.compile("\\s*\"?[\\p{L}\\d_ .-]{1,40}\"?\\s*");
    private static final String DELIMITERS = ",;\t|";
    private static final int LONGEST_ROW = 100_000;
    private static final int MOST_COLUMNS = 200;

    /** A stretch of a text between delimiters. */
    private record Cell(String text, int start, int end) {
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

        String content() {
            return text.substring(start, end);
        }
    }

    @Override
    public void find(String text, Spans spans) {
        Matcher insert = INSERT.matcher(text);
        while (insert.find()) {
            List<Cell> names = cells(text, insert.start(1), insert.end(1), ',');
            int at = insert.end();
            while (at < text.length() && text.charAt(at) == '(') {
                int close = closing(text, at + 1);
                mask(names, cells(text, at + 1, close, ','), spans);
                at = nextRow(text, close + 1);
            }
        }
        findTables(text, spans);
    }

    private static int nextRow(String text, int from) {
        int at = from;
        while (at < text.length() && (text.charAt(at) <= ' ' || text.charAt(at) == ',')) {
            at++;
        }
        return at;
    }

    private static int closing(String text, int from) {
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

    private static void findTables(String text, Spans spans) {
        List<Cell> names = List.of();
        char delimiter = ',';
        int start = 0;
        while (start < text.length()) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline;
            List<Cell> row = names.isEmpty() ? List.of() : cells(text, start, end, delimiter);
            if (!names.isEmpty() && row.size() == names.size()) {
                mask(names, row, spans);
            } else {
                delimiter = delimiterOf(text, start, end);
                names = header(cells(text, start, end, delimiter));
            }
            start = end + 1;
        }
    }

    private static char delimiterOf(String text, int start, int end) {
        for (int at = start; at < end; at++) {
            if (DELIMITERS.indexOf(text.charAt(at)) >= 0) {
                return text.charAt(at);
            }
        }
        return ',';
    }

    /** The cells if they are the header of a table with a secret column, else none. */
    private static List<Cell> header(List<Cell> cells) {
        boolean names = cells.size() > 1
                && cells.stream()
                        .allMatch(cell -> cell.end() == cell.start()
                                || (cell.end() - cell.start() <= 44
                                        && HEADING.matcher(cell.content()).matches()));
        return names && cells.stream().anyMatch(Columns::isSecret) ? cells : List.of();
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
                        value.start(),
                        value.end(),
                        SecretName.of(names.get(i).trimmed().content()).kind());
            }
        }
    }

    /** Splits at the delimiter, but not inside quotes. */
    private static List<Cell> cells(String text, int start, int end, char delimiter) {
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
