package dev.nuxari.server.redaction;

import dev.nuxari.kernel.Json;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * Takes secrets out of what is about to be stored (claim A2). Names, structure and the text around a secret stay; the
 * secret becomes {@code [redacted:<kind>:<fingerprint><check>]}, in which equal secrets of one organization are equal. It never throws, and reads a text in time proportional to its length.
 *
 * <p>It recognises what is named as a secret or looks like one. It cannot know that an ordinary word is a password.
 */
@Component
public class Redactor {
    /** As many layers of Base64, hexadecimal digits and escapes are looked into, in whatever order. */
    static final int LAYERS = 3;

    private final FingerprintKey key;

    public Redactor(FingerprintKey key) {
        this.key = key;
    }

    /** Makes the only kind of free-form JSON that a store accepts. */
    public Redacted redact(Json value) {
        return new Redacted(new Pass(marks()).redact(value, SecretName.NONE, 0));
    }

    /** The same for text that is no JSON. */
    public RedactedText redact(String text) {
        return new RedactedText(redactText(text));
    }

    /** A stretch of a text that would be masked, from {@code start} up to but excluding {@code end}. */
    public record Found(String kind, int start, int end) {}

    /** Says where the secrets of a text are, for those who measure how well they are found. */
    public static List<Found> secretsIn(String text) {
        return find(text).merged().stream()
                .map(span -> new Found(span.kind(), span.start(), span.end()))
                .toList();
    }

    String redactText(String text) {
        return new Pass(marks()).redactText(text);
    }

    /** The key is asked for only when there is something to mark. */
    private Supplier<Marks> marks() {
        return SingletonSupplier.of(() -> new Marks(key.current()));
    }

    static Spans find(String text) {
        return find(text, new Text.Steps());
    }

    static Spans find(String text, Text.Steps steps) {
        steps.add(text.length());
        int first = Scan.firstOfInterest(text, LAYERS);
        return first < 0 ? Spans.NONE : find(Text.counted(text, steps), first);
    }

    static Spans find(Text text) {
        return find(text, 0);
    }

    private static Spans find(Text text, int first) {
        Spans spans = Scan.of(text, LAYERS, first);
        if (!spans.isEmpty()) {
            spans.addRepeats(text);
        }
        return spans;
    }
}
