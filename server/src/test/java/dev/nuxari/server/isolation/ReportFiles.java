package dev.nuxari.server.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the report is: {@code server/target/isolation}. */
final class ReportFiles {
    private static final Path FOLDER = Path.of("target", "isolation");

    private ReportFiles() {}

    static void write(Report report) throws IOException {
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve("report.json"), report.json().canonical());
        Files.writeString(FOLDER.resolve("index.html"), new ReportPage(report).html());
    }
}
