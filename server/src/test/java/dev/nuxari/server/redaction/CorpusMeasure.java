package dev.nuxari.server.redaction;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what a labelled corpus of secrets says about the redactor, and remembers what it missed. */
final class CorpusMeasure {
    private final Redactor redactor = new Redactor(() -> new byte[32]);
    private final Map<String, Integer> secrets = new TreeMap<>();
    private final Map<String, List<String>> missed = new TreeMap<>();
    private final List<String> mistaken = new ArrayList<>();
    private int masks;
    private int clean;
    private int changed;

    static CorpusMeasure of(Path corpus) throws IOException {
        CorpusMeasure measure = new CorpusMeasure();
        LabelledText.in(corpus).forEach(measure::add);
        return measure;
    }

    private void add(LabelledText sample) {
        String masked = redactor.redactText(sample.text());
        for (LabelledText.Label secret : sample.secrets()) {
            secrets.merge(secret.kind(), 1, Integer::sum);
        }
        for (LabelledText.Label secret : sample.readableIn(masked)) {
            missed.computeIfAbsent(secret.kind(), _ -> new ArrayList<>()).add(sample.id());
        }
        for (Span span : Redactor.find(sample.text()).merged()) {
            masks++;
            if (!sample.touches(span)) {
                mistaken.add(sample.id() + " " + sample.source() + " taken for " + span.kind());
            }
        }
        clean += sample.isClean() ? 1 : 0;
        changed += sample.isClean() && !masked.equals(sample.text()) ? 1 : 0;
    }

    /** Of the secrets, how many cannot be read any more. */
    double recall() {
        return 1 - (double) sum(missed) / all();
    }

    /** Of what was masked, how much was a secret. */
    double precision() {
        return 1 - (double) mistaken.size() / masks;
    }

    /** Of the texts without a secret, how many came back as they were. */
    double cleanness() {
        return 1 - (double) changed / clean;
    }

    private int all() {
        return secrets.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static int sum(Map<String, List<String>> lists) {
        return lists.values().stream().mapToInt(List::size).sum();
    }

    /** The figures, then what was missed of each kind, then what was no secret. */
    @Override
    public String toString() {
        StringBuilder report =
                new StringBuilder("recall %.3f of %d secrets, precision %.3f of %d masks, clean %.3f of %d"
                        .formatted(recall(), all(), precision(), masks, cleanness(), clean));
        missed.forEach((kind, ids) -> report.append("%n  missed %d of %d %s: %s"
                .formatted(ids.size(), secrets.getOrDefault(kind, 0), kind, String.join(" ", ids))));
        mistaken.forEach(mistake -> report.append("%n  no secret: ".formatted()).append(mistake));
        return report.toString();
    }
}
