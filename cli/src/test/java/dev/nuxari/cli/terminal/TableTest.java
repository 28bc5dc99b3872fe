package dev.nuxari.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class TableTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Terminal terminal(boolean colours) {
        PrintStream stream = new PrintStream(out, true, UTF_8);
        return new Terminal(stream, stream, new Colours(colours), ZoneOffset.UTC);
    }

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        new Table("ID", "NAME").row("1", "Grüße").row("12345", "b").print(terminal(false));

        assertThat(out.toString(UTF_8)).isEqualToNormalizingNewlines("""
                ID     NAME
                1      Grüße
                12345  b
                """);
    }

    @Test
    void coloursDoNotMoveColumns() {
        new Table("STATE", "NAME").row("granted", "a").row("x", "b").print(terminal(true));

        assertThat(out.toString(UTF_8).replaceAll("\u001b\\[[0-9]+m", "")).isEqualToNormalizingNewlines("""
                STATE    NAME
                granted  a
                x        b
                """);
    }

    @Test
    void nameOfGovernedSystemCannotSteerTheTerminal() {
        new Table("NAME").row("evil\u001b[2Jname\u202e").print(terminal(false));

        assertThat(out.toString(UTF_8)).doesNotContain("\u001b", "\u202e").contains("evil\uFFFD[2Jname\uFFFD");
    }

    @Test
    void emptyTableSaysSo() {
        new Table("ID").print(terminal(false));

        assertThat(out.toString(UTF_8)).isEqualToNormalizingNewlines("None.\n");
    }
}
