package dev.nuxari.bench;

import dev.nuxari.kernel.Json;
import dev.nuxari.server.redaction.Redactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The corpus of the server's tests, and how well a scanner does on it. */
record LabelledCorpus(List<Sample> samples) {
    /** Stands in each secret of the file and belongs to none; see the README beside it. */
    private static final String CUT = "\u00a6";

    /** A stretch of a text in UTF-16 units. */
    record Stretch(int start, int end) {
        boolean touches(Stretch other) {
            return start < other.end && other.start < end;
        }
    }

    record Sample(String text, List<Stretch> secrets) {
        private static Sample of(Json.Obj line) {
            return new Sample(
                    line.string("text").replace(CUT, ""),
                    line.objects("secrets").stream()
                            .map(secret -> new Stretch((int) secret.integer("start"), (int) secret.integer("end")))
                            .toList());
        }
    }

    static LabelledCorpus in(Path file) throws IOException {
        return new LabelledCorpus(Files.readAllLines(file).stream()
                .map(line -> Sample.of(Json.parseObject(line)))
                .toList());
    }

    int size() {
        return samples.size();
    }

    List<String> texts() {
        return samples.stream().map(Sample::text).toList();
    }

    List<String> textsWithSecrets() {
        return samples.stream()
                .filter(sample -> !sample.secrets().isEmpty())
                .map(Sample::text)
                .toList();
    }

    /** What our redactor finds in each sample. */
    List<List<Stretch>> found() {
        return samples.stream()
                .map(sample -> Redactor.secretsIn(sample.text()).stream()
                        .map(found -> new Stretch(found.start(), found.end()))
                        .toList())
                .toList();
    }

    /** The share of secrets of which no run of min(24, max(6, 40 %)) characters is left. */
    double recall(List<List<Stretch>> found) {
        int secrets = 0;
        int hidden = 0;
        for (int i = 0; i < samples.size(); i++) {
            Sample sample = samples.get(i);
            String left = without(sample.text(), found.get(i));
            for (Stretch secret : sample.secrets()) {
                secrets++;
                hidden += leaks(left, sample.text().substring(secret.start, secret.end)) ? 0 : 1;
            }
        }
        return (double) hidden / secrets;
    }

    /** The share of finds that touch a secret. */
    double precision(List<List<Stretch>> found) {
        int all = 0;
        int right = 0;
        for (int i = 0; i < samples.size(); i++) {
            List<Stretch> secrets = samples.get(i).secrets();
            for (Stretch one : found.get(i)) {
                all++;
                right += secrets.stream().anyMatch(one::touches) ? 1 : 0;
            }
        }
        return all == 0 ? 1 : (double) right / all;
    }

    private static String without(String text, List<Stretch> found) {
        List<Stretch> ordered = new ArrayList<>(found);
        ordered.sort(Comparator.comparingInt(Stretch::start));
        StringBuilder left = new StringBuilder();
        int copied = 0;
        for (Stretch one : ordered) {
            left.append(text, copied, Math.max(copied, one.start)).append('\n');
            copied = Math.max(copied, one.end);
        }
        return left.append(text, copied, text.length()).toString();
    }

    private static boolean leaks(String left, String secret) {
        int run = Math.min(secret.length(), Math.min(24, Math.max(6, secret.length() * 2 / 5)));
        for (int at = 0; at + run <= secret.length(); at++) {
            if (left.contains(secret.substring(at, at + run))) {
                return true;
            }
        }
        return false;
    }
}
