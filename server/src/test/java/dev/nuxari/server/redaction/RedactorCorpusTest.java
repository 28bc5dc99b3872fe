package dev.nuxari.server.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Measures the redactor on labelled corpora, files of lines {@code {"id","source","text","secrets":[{"type","start","end"}]}}:
 * our own one, and one that is no part of the project when the property names it.
 */
@Claim("A2")
class RedactorCorpusTest {
    private static final PrintStream OUT = System.out;

    @Test
    void ourOwnCorpusIsRedactedWellEnough() throws IOException, URISyntaxException {
        URL own = Objects.requireNonNull(getClass().getResource("/redaction/corpus.jsonl"));

        requireEnough(CorpusMeasure.of(Path.of(own.toURI())));
    }

    @Test
    @EnabledIfSystemProperty(named = "nuxari.redaction.corpus", matches = ".+")
    void corpusFromElsewhereIsRedactedWellEnough() throws IOException {
        requireEnough(CorpusMeasure.of(Path.of(System.getProperty("nuxari.redaction.corpus", ""))));
    }

    private static void requireEnough(CorpusMeasure measure) {
        OUT.println("redaction corpus: " + measure);

        assertThat(measure.recall()).as(measure.toString()).isGreaterThanOrEqualTo(0.97);
        assertThat(measure.precision()).as(measure.toString()).isGreaterThanOrEqualTo(0.95);
        assertThat(measure.cleanness()).as(measure.toString()).isGreaterThanOrEqualTo(0.98);
    }
}
