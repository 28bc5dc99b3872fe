package dev.nuxari.server.redaction;

/**
 * Text from outside that has been through the {@link Redactor}. Stores accept nothing else for what people and systems write,
 * so that a write which forgot to redact does not compile.
 */
public final class RedactedText {
    private final String text;

    RedactedText(String text) {
        this.text = text;
    }

    /** Whether a secret was taken out of what this is, now or before. */
    public boolean isMasked() {
        return text.contains(Spans.MARK);
    }

    public String text() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RedactedText redacted && text.equals(redacted.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
