package dev.nuxari.server.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/** The report as one page that needs nothing else. */
final class ReportPage {
    private final Report report;

    ReportPage(Report report) {
        this.report = report;
    }

    String html() throws IOException {
        return template()
                .replace("{{summary}}", summary())
                .replace(
                        "{{settings}}",
                        Setting.all().stream()
                                .map(setting -> tag("th", escaped(heading(setting))))
                                .collect(joining()))
                .replace(
                        "{{routes}}",
                        report.attempts().entrySet().stream()
                                .map(tried -> row(tried.getKey(), tried.getValue()))
                                .collect(joining("\n")))
                .replace(
                        "{{verbs}}",
                        Stream.of(TableTrial.Verb.values())
                                .map(verb -> tag("th", verb.name()))
                                .collect(joining()))
                .replace("{{tables}}", tables())
                .replace(
                        "{{exempt}}",
                        report.exempt().entrySet().stream()
                                .map(route -> tag(
                                        "li", tag("code", escaped(route.getKey())) + " " + escaped(route.getValue())))
                                .collect(joining()));
    }

    private static String template() throws IOException {
        try (InputStream page = requireNonNull(ReportPage.class.getResourceAsStream("report.html"))) {
            return new String(page.readAllBytes(), UTF_8);
        }
    }

    private String summary() {
        Stream<String> gaps = Stream.of(
                        report.missing(), report.deaf(), report.leaks(), report.idle(), report.unbarred())
                .flatMap(List::stream)
                .map(gap -> "<li class=\"bad\">" + escaped(gap) + "</li>");
        return "<ul>"
                + report.summary().stream()
                        .map(line -> tag("li", escaped(line)))
                        .collect(joining())
                + gaps.collect(joining())
                + "</ul>";
    }

    private static String heading(Setting setting) {
        return setting.alone().isPresent()
                ? setting.name() + " alone"
                : setting.keysAndTriggers() ? "none, keys and triggers on" : "none";
    }

    private static String row(Attempt attempt, Map<Setting, Trial.Result> results) {
        String note = attempt.barredBy().isEmpty() ? "" : tag("small", escaped("barred: " + attempt.barredBy()));
        return tag(
                "tr",
                tag("td", tag("code", escaped(attempt.route().toString())))
                        + tag("td", escaped(attempt.what()) + note)
                        + Setting.all().stream()
                                .map(setting -> cell(setting, results.get(setting)))
                                .collect(joining()));
    }

    private static String cell(Setting setting, Trial.@Nullable Result result) {
        if (result == null) {
            return "<td class=\"none\">–</td>";
        }
        boolean stopped = result.achieved().isEmpty();
        String kind = stopped ? "good" : setting.alone().isPresent() ? "bad" : "open";
        String words = stopped ? "stopped" : Report.words(result.achieved());
        return "<td class=\"%s\">%s%s</td>".formatted(kind, escaped(words), tag("small", escaped(result.answer())));
    }

    private String tables() {
        Map<String, Map<TableTrial.Fault, List<TableTrial.Statement>>> byTable = report.statements().keySet().stream()
                .collect(Collectors.groupingBy(
                        TableTrial.Statement::table,
                        TreeMap::new,
                        Collectors.groupingBy(TableTrial.Statement::fault, TreeMap::new, Collectors.toList())));
        return byTable.entrySet().stream()
                .flatMap(table -> table.getValue().entrySet().stream()
                        .map(fault -> tag(
                                "tr",
                                tag("td", tag("code", escaped(table.getKey())))
                                        + tag("td", escaped(fault.getKey().words()))
                                        + fault.getValue().stream()
                                                .map(this::cells)
                                                .collect(joining()))))
                .collect(joining("\n"));
    }

    private String cells(TableTrial.Statement statement) {
        return tag(
                "td",
                report.statements().getOrDefault(statement, Map.of()).entrySet().stream()
                        .map(result -> mark(result.getKey(), result.getValue()))
                        .collect(joining(" · ")));
    }

    private static String mark(Setting setting, TableTrial.Result result) {
        String kind = result.succeeded() ? setting.alone().isPresent() ? "bad" : "open" : "good";
        return "<span class=\"%s\" title=\"%s: %s\">%s</span>"
                .formatted(
                        kind,
                        escaped(setting.name()),
                        escaped(result.answer()),
                        result.succeeded() ? "succeeds" : "stopped");
    }

    private static String tag(String name, String content) {
        return "<%1$s>%2$s</%1$s>".formatted(name, content);
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text);
    }
}
