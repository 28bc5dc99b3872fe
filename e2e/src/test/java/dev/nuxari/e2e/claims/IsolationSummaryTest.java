package dev.nuxari.e2e.claims;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IsolationSummaryTest {
    private static final Instant WRITTEN = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    Path root;

    @Test
    void linesAreThoseOfTheReport() throws IOException {
        write("{\"attempts\":[],\"summary\":[\"two attempts, on one route\",\"no gap\"]}");

        assertThat(IsolationSummary.of(root, FileTime.from(WRITTEN)).lines())
                .containsExactly("two attempts, on one route", "no gap");
    }

    @Test
    void reportOfAnEarlierRunIsNone() throws IOException {
        write("{\"summary\":[\"no gap\"]}");

        assertThat(IsolationSummary.of(root, FileTime.from(WRITTEN.plusSeconds(1)))
                        .lines())
                .isEmpty();
    }

    @Test
    void thereMayBeNoReport() throws IOException {
        assertThat(IsolationSummary.of(root, FileTime.from(WRITTEN)).lines()).isEmpty();
    }

    private void write(String json) throws IOException {
        Path report = root.resolve("server/target/isolation/report.json");
        Files.createDirectories(report.getParent());
        Files.writeString(report, json);
        Files.setLastModifiedTime(report, FileTime.from(WRITTEN));
    }
}
