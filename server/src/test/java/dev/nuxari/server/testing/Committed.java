package dev.nuxari.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A document that is made from the code and committed, so that its changes are seen in review. After a change that is meant,
 * run the test with {@code -Dnuxari.docs.write=true} and commit the file.
 */
public final class Committed {
    private static final Path DOCS = Path.of("..", "docs");

    private Committed() {}

    /**
     * Compares.
     *
     * @param name the file, below {@code docs/}
     * @param made what it has to say
     */
    public static void assertUpToDate(String name, String made) {
        Path file = DOCS.resolve(name);
        try {
            if (Boolean.getBoolean("nuxari.docs.write")) {
                Files.writeString(file, made);
            }
            assertThat(Files.readString(file)).as("docs/%s", name).isEqualTo(made);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
