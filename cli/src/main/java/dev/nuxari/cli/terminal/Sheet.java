package dev.nuxari.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** One thing, as names and values under each other. Empty values are left out. */
public final class Sheet {
    private record Line(String name, String value) {}

    private final Terminal terminal;
    private final List<Line> lines = new ArrayList<>();

    public Sheet(Terminal terminal) {
        this.terminal = terminal;
    }

    public Sheet line(String name, String value) {
        if (!value.isEmpty()) {
            lines.add(new Line(name, Table.harmless(value)));
        }
        return this;
    }

    public void print() {
        int width = lines.stream().mapToInt(line -> line.name().length()).max().orElse(0);
        for (Line line : lines) {
            String gap = " ".repeat(width - line.name().length() + 2);
            terminal.line(terminal.colours().quiet(line.name())
                    + gap
                    + terminal.colours().state(line.value()));
        }
    }
}
