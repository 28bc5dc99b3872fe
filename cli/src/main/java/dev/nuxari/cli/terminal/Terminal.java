package dev.nuxari.cli.terminal;

import dev.nuxari.kernel.Json;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** Where answers go: to people as text and tables, to programs as one line of JSON. Notes go to the error stream. */
public final class Terminal {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private final PrintStream out;
    private final PrintStream notes;
    private final Colours colours;
    private final ZoneId zone;
    private Format format = Format.HUMAN;

    /** For whom the output is. */
    public enum Format {
        HUMAN,
        JSON
    }

    public Terminal(PrintStream out, PrintStream notes, Colours colours, ZoneId zone) {
        this.out = out;
        this.notes = notes;
        this.colours = colours;
        this.zone = zone;
    }

    /** Chooses the form of what follows. */
    public void use(Format chosen) {
        this.format = chosen;
    }

    public boolean forPrograms() {
        return format == Format.JSON;
    }

    public Colours colours() {
        return colours;
    }

    /** The answer of a command, in the form that was asked for. */
    public void answer(Json.Obj json, Runnable human) {
        if (forPrograms()) {
            out.println(json.canonical());
        } else {
            human.run();
        }
        out.flush();
    }

    /** A result that only a program reads. */
    public void forPrograms(Json.Obj json) {
        if (forPrograms()) {
            out.println(json.canonical());
            out.flush();
        }
    }

    /** One line for people: on the output, or among the notes when the output is for a program. */
    public void line(String text) {
        PrintStream stream = forPrograms() ? notes : out;
        stream.println(text);
        stream.flush();
    }

    /** Something about the work, not its result. */
    public void note(String text) {
        notes.println(text);
        notes.flush();
    }

    /** A time as this person's clock shows it; what is no time stays as it is. */
    public String time(String wire) {
        try {
            return wire.isEmpty() ? "" : TIME.format(Instant.parse(wire).atZone(zone));
        } catch (DateTimeParseException e) {
            return wire;
        }
    }
}
