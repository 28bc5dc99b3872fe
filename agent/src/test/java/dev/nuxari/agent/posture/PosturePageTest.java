package dev.nuxari.agent.posture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Spelling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The table of checks in the documents is the pack's; {@code -Dnuxari.docs.write=true} writes it. */
class PosturePageTest {
    private static final Path PAGE = Path.of("..", "docs", "agent", "posture.md");
    private static final String BEGIN = "<!-- The rest is made from the pack. -->\n";

    @Test
    void pageShowsThePack() throws IOException {
        String before = Files.readString(PAGE);
        String made = before.substring(0, before.indexOf(BEGIN)) + BEGIN + table();
        if (Boolean.getBoolean("nuxari.docs.write")) {
            Files.writeString(PAGE, made);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(made);
    }

    private static String table() {
        PosturePack pack = PosturePack.builtIn();
        StringBuilder table = new StringBuilder(
                """

                ## `%s`, version %d: %d checks
                Sections are those of %s, controls those of NIST SP 800-53, revision 5.
                """.formatted(pack.source(), pack.version(), pack.checks().size(), pack.benchmark()));
        for (Area area : Area.values()) {
            table.append("\n### %s\n\n| check | what has to hold | sections | controls |\n|---|---|---|---|\n"
                    .formatted(Spelling.of(area)));
            pack.checks().stream()
                    .filter(check -> check.area() == area)
                    .forEach(check -> table.append("| `%s` | %s | %s | %s |\n"
                            .formatted(
                                    check.id(),
                                    check.title(),
                                    String.join(", ", check.cis()),
                                    String.join(", ", check.nist()))));
        }
        return table.toString();
    }
}
