package dev.nuxari.e2e.claims;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the ablation report of a run says in a few lines. */
record IsolationSummary(Path page, List<String> lines) {
    private static final Pattern SUMMARY = Pattern.compile("\"summary\":\\[([^]]*)]");
    private static final Pattern LINE = Pattern.compile("\"([^\"]*)\"");

    /** Without lines if there is no report, or none so young. */
    static IsolationSummary of(Path root, FileTime from) throws IOException {
        Path folder = root.resolve("server").resolve("target").resolve("isolation");
        Path report = folder.resolve("report.json");
        boolean young =
                Files.exists(report) && Files.getLastModifiedTime(report).compareTo(from) >= 0;
        String text = young ? Files.readString(report) : "";
        return new IsolationSummary(
                folder.resolve("index.html"),
                SUMMARY.matcher(text)
                        .results()
                        .flatMap(summary -> LINE.matcher(summary.group(1)).results())
                        .map((MatchResult line) -> line.group(1))
                        .toList());
    }

    void print() {
        Stream<String> shown = lines.isEmpty()
                ? Stream.of("no report of this run")
                : Stream.concat(lines.stream(), Stream.of("the report: " + page));
        System.out.println("Isolation by ablation");
        shown.forEach(line -> System.out.println("  " + line));
    }
}
