package dev.nuxari.server.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Measures the redactor on a labelled corpus, which is no part of the project: a file of lines
 * {@code {"text":…,"secrets":[{"start","end","value"}]}} that the property names.
 */
@Claim("A2")
@EnabledIfSystemProperty(named = "nuxari.redaction.corpus", matches = ".+")
class RedactorCorpusTest {
    @Test
    void corpusIsRedactedWellEnough() throws IOException {
        CorpusMeasure measure = CorpusMeasure.of(Path.of(System.getProperty("nuxari.redaction.corpus", "")));
        System.out.printf(
                Locale.ROOT,
                "redaction corpus: recall %.3f, precision %.3f, clean %.3f (%s)%n",
                measure.recall(),
                measure.precision(),
                measure.cleanness(),
                measure);

        assertThat(measure.recall()).isGreaterThanOrEqualTo(0.97);
        assertThat(measure.precision()).isGreaterThanOrEqualTo(0.95);
        assertThat(measure.cleanness()).isGreaterThanOrEqualTo(0.98);
    }
}
