package dev.nuxari.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Rows under headings, aligned to the left. What stands in a cell cannot steer the terminal. */
public final class Table {
    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... headings) {
        this.headings = List.of(headings);
    }

    /** Adds a row; it has as many cells as there are headings. */
    public Table row(String... cells) {
        if (cells.length != headings.size()) {
            throw new IllegalArgumentException(cells.length + " cells under " + headings.size() + " headings");
        }
        rows.add(List.of(cells).stream().map(Table::harmless).toList());
        return this;
    }

    public void print(Terminal terminal) {
        if (rows.isEmpty()) {
            terminal.line("None.");
            return;
        }
        int[] widths = IntStream.range(0, headings.size()).map(this::width).toArray();
        terminal.line(terminal.colours().strong(aligned(headings, widths)));
        for (List<String> row : rows) {
            terminal.line(painted(row, widths, terminal.colours()));
        }
    }

    private int width(int column) {
        int widest =
                rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
        return Math.max(length(headings.get(column)), widest);
    }

    private static String painted(List<String> row, int[] widths, Colours colours) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(colours.state(row.get(i)));
            if (i < row.size() - 1) {
                line.append(" ".repeat(widths[i] - length(row.get(i)) + 2));
            }
        }
        return line.toString();
    }

    private static String aligned(List<String> cells, int[] widths) {
        return painted(cells, widths, new Colours(false)).stripTrailing();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Names come from governed systems: a control character in one must not reach the terminal. */
    public static String harmless(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}]", "\uFFFD");
    }
}
