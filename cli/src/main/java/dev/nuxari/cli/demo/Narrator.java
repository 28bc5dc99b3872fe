package dev.nuxari.cli.demo;

import dev.nuxari.cli.terminal.Table;
import dev.nuxari.cli.terminal.Terminal;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Tells what happens while it happens: every line has the time, so that nobody has to wonder whether it goes on. */
public final class Narrator {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.S");

    private final Terminal terminal;
    private final InstantSource clock;
    private final ZoneId zone;

    public Narrator(Terminal terminal, InstantSource clock, ZoneId zone) {
        this.terminal = terminal;
        this.clock = clock;
        this.zone = zone;
    }

    /** A new part of the story. */
    public void chapter(String title) {
        terminal.line("");
        terminal.line(terminal.colours().strong(title));
    }

    /** One event. */
    public void tell(String what) {
        String time = TIME.format(clock.instant().atZone(zone));
        terminal.line("  " + terminal.colours().quiet(time) + "  " + Table.harmless(what));
    }

    /** What stands below an event, such as its id. */
    public void detail(String name, String value) {
        terminal.line("              " + terminal.colours().quiet(name) + " " + Table.harmless(value));
    }

    public Terminal terminal() {
        return terminal;
    }

    public InstantSource clock() {
        return clock;
    }

    /** A duration as people say it. */
    public static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
