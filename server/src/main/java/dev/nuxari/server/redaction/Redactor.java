package dev.nuxari.server.redaction;

import dev.nuxari.kernel.Json;
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

    String redactText(String text) {
        return new Pass(marks()).redactText(text);
    }

    /** The key is asked for only when there is something to mark. */
    private Supplier<Marks> marks() {
        return SingletonSupplier.of(() -> new Marks(key.current()));
    }

    static Spans find(String text) {
        return Scan.isQuiet(text, LAYERS) ? Spans.NONE : find(Text.of(text));
    }

    static Spans find(Text text) {
        Spans spans = Scan.of(text, LAYERS);
        if (!spans.isEmpty()) {
            spans.addRepeats(text);
        }
        return spans;
    }
}
