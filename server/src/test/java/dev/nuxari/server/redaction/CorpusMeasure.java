package dev.nuxari.server.redaction;

import dev.nuxari.kernel.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Counts what a labelled corpus of secrets says about the redactor. */
record CorpusMeasure(int secrets, int hidden, int masks, int right, int clean, int unchanged) {
    static CorpusMeasure of(Path corpus) throws IOException {
        CorpusMeasure sum = new CorpusMeasure(0, 0, 0, 0, 0, 0);
        for (String line : Files.readAllLines(corpus)) {
            sum = sum.plus(ofRecord((Json.Obj) Json.parse(line)));
        }
        return sum;
    }

    private static CorpusMeasure ofRecord(Json.Obj sample) {
        String text = sample.string("text");
        String masked = new Redactor(() -> new byte[32]).redactText(text);
        List<Json.Obj> secrets = sample.objects("secrets");
        List<Span> spans = Redactor.find(text).merged();
        int hidden = (int) secrets.stream()
                .filter(secret -> !leaks(masked, secret.string("value")))
                .count();
        int right = (int) spans.stream()
                .filter(span -> secrets.stream().anyMatch(secret -> touches(span, secret)))
                .count();
        int clean = secrets.isEmpty() ? 1 : 0;
        int unchanged = secrets.isEmpty() && masked.equals(text) ? 1 : 0;
        return new CorpusMeasure(secrets.size(), hidden, spans.size(), right, clean, unchanged);
    }

    private static boolean touches(Span span, Json.Obj secret) {
        return span.start() < secret.integer("end") && secret.integer("start") < span.end();
    }

    /** Whether a run of min(24, max(6, 40 %)) characters of the secret can be read. */
    static boolean leaks(String masked, String secret) {
        int run = Math.min(secret.length(), Math.min(24, Math.max(6, secret.length() * 2 / 5)));
        for (int at = 0; at + run <= secret.length(); at++) {
            if (masked.contains(secret.substring(at, at + run))) {
                return true;
            }
        }
        return false;
    }

    double recall() {
        return (double) hidden / secrets;
    }

    double precision() {
        return (double) right / masks;
    }

    double cleanness() {
        return (double) unchanged / clean;
    }

    private CorpusMeasure plus(CorpusMeasure other) {
        return new CorpusMeasure(
                secrets + other.secrets,
                hidden + other.hidden,
                masks + other.masks,
                right + other.right,
                clean + other.clean,
                unchanged + other.unchanged);
    }
}
