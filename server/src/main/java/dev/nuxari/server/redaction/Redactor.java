package dev.nuxari.server.redaction;

import dev.nuxari.kernel.Json;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Takes secrets out of what is about to be stored (claim A2). Names, structure and the text around a secret stay; the
 * secret becomes {@code [redacted:<kind>:<fingerprint><check>]}, in which equal secrets of one organization are equal. It never throws, and reads a text in time proportional to its length.
 *
 * <p>It recognises what is named as a secret or looks like one. It cannot know that an ordinary word is a password.
 */
@Component
public class Redactor {
    private static final Finder PLAIN =
            all(new PrivateKeys(), new Shapes(), new PrefixedTokens(), new NamedValues(), new Columns());
    private static final Finder EVERYTHING = all(PLAIN, new Encoded(PLAIN, 2));

    private final FingerprintKey key;

    public Redactor(FingerprintKey key) {
        this.key = key;
    }

    /** Makes the only kind of free-form JSON that a store accepts. */
    public Redacted redact(Json value) {
        return new Redacted(new Pass(new Marks(key.current())).redact(value, SecretName.NONE, 0));
    }

    /** The same for text that is no JSON. */
    public RedactedText redact(String text) {
        return new RedactedText(redactText(text));
    }

    String redactText(String text) {
        return new Pass(new Marks(key.current())).redactText(text);
    }

    static Spans find(String text) {
        Spans spans = new Spans();
        EVERYTHING.find(text, spans);
        spans.addRepeats(text);
        return spans;
    }

    private static Finder all(Finder... finders) {
        List<Finder> list = List.of(finders);
        return (text, spans) -> list.forEach(finder -> finder.find(text, spans));
    }
}
