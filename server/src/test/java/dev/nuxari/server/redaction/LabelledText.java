package dev.nuxari.server.redaction;

import dev.nuxari.kernel.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A text of a corpus, and where its secrets are. */
record LabelledText(String id, String source, String text, List<Label> secrets) {
    /**
     * Stands in each secret of our own corpus, so that whoever searches repositories for leaks does not take it for one. It
     * belongs neither to the text nor to the offsets.
     */
    private static final String CUT = "\u00a6";

    /** A secret from {@code start} up to but excluding {@code end}, in UTF-16 units. */
    record Label(String kind, int start, int end) {
        private static Label of(Json.Obj secret) {
            return new Label(secret.string("type"), (int) secret.integer("start"), (int) secret.integer("end"));
        }
    }

    /** The texts of a file of JSON lines. */
    static List<LabelledText> in(Path corpus) throws IOException {
        List<LabelledText> texts = new ArrayList<>();
        for (String line : Files.readAllLines(corpus)) {
            Json.Obj sample = (Json.Obj) Json.parse(line);
            texts.add(new LabelledText(
                    sample.string("id"),
                    sample.string("source"),
                    sample.string("text").replace(CUT, ""),
                    sample.objects("secrets").stream().map(Label::of).toList()));
        }
        return texts;
    }

    boolean isClean() {
        return secrets.isEmpty();
    }

    String characters(Label secret) {
        return text.substring(secret.start(), secret.end());
    }

    boolean touches(Span span) {
        return secrets.stream().anyMatch(secret -> span.start() < secret.end() && secret.start() < span.end());
    }

    /** The secrets of which something can still be read. */
    List<Label> readableIn(String masked) {
        return secrets.stream()
                .filter(secret -> leaks(masked, characters(secret)))
                .toList();
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
}
