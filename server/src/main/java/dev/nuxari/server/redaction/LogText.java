package dev.nuxari.server.redaction;

/**
 * Takes secrets out of what goes into the server's log. There is no organization there, so a mark has no fingerprint.
 *
 * <p>The last net, not the first: nothing of ours logs what somebody sent, but the container and the libraries do.
 */
final class LogText {
    private LogText() {}

    static String masked(String text) {
        Spans found = Redactor.find(text);
        if (found.isEmpty()) {
            return text;
        }
        StringBuilder masked = new StringBuilder(text.length());
        int copied = 0;
        for (Span span : found.merged()) {
            masked.append(text, copied, span.start())
                    .append(Spans.MARK)
                    .append(span.kind())
                    .append(']');
            copied = span.end();
        }
        return masked.append(text, copied, text.length()).toString();
    }
}
