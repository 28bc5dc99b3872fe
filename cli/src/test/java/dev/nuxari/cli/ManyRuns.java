package dev.nuxari.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Runs one command after the other in a process with little memory, and writes down how each ended. */
final class ManyRuns {
    static final String ENDED = "ended ";

    private ManyRuns() {}

    /** The first argument is a file with a command on each line, its words separated by tabulators. */
    public static void main(String[] arguments) throws IOException {
        PrintStream log = new PrintStream(System.out, true, UTF_8);
        for (String line : Files.readAllLines(Path.of(arguments[0]))) {
            log.println("run " + line);
            var out = new ByteArrayOutputStream();
            PrintStream stream = new PrintStream(out, true, UTF_8);
            int code = Nuxari.run(
                    line.split("\t", -1), stream, stream, Map.of("XDG_CONFIG_HOME", arguments[1], "NO_COLOR", "1"));
            log.println(out.toString(UTF_8).strip());
            log.println(ENDED + code);
        }
    }
}
