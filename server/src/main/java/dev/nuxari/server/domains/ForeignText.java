package dev.nuxari.server.domains;

import dev.nuxari.server.api.Letters;
import dev.nuxari.server.redaction.Redactor;
import java.util.List;

/** Words of others, as they may be shown: without secrets, without characters that cannot be seen, and not for pages. */
final class ForeignText {
    static final int MOST = 5;
    private static final int LONGEST = 80;
    private static final int REPLACEMENT = 0xfffd;

    private ForeignText() {}

    /** The first few. Secrets go before anything is cut off, because half a secret is not known for one. */
    static List<String> shown(List<String> texts, Redactor redactor) {
        return texts.stream()
                .limit(MOST)
                .map(text -> Letters.shortened(visible(redactor.redact(text).text()), LONGEST))
                .toList();
    }

    private static String visible(String text) {
        return text.codePoints()
                .map(letter -> Letters.isVisible(letter) ? letter : REPLACEMENT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
