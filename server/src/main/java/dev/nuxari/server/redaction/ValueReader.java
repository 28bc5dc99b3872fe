package dev.nuxari.server.redaction;

import java.util.List;

/** Reads the values of one text, in any notation. */
final class ValueReader {
    private static final String CDATA = "<![CDATA[";
    private static final int MOST_CLOSERS = 16;
    private static final int LONGEST_BRACKET = 200;
    private static final List<String> ESCAPES = List.of("&quot;", "&lt;", "%26", "%22", "%20");
    private static final String[] QUOTES = {
        "\\\\\\\"",
        "\\\"",
        "\\'",
        "\\u0022",
        "\"\"\"",
        "\"",
        "'",
        "`",
        "&quot;",
        "&#34;",
        "&#39;",
        "&apos;",
        "%22",
        "%27"
    };

    private final Text text;
    private int knownFrom;
    private int knownEnd = -1;
    private boolean knownInElement;
    private int sectionEnd = -1;

    ValueReader(Text text) {
        this.text = text;
    }

    Text text() {
        return text;
    }

    /** Reads the value that begins at {@code at}: up to its closing quote, or as far as an unquoted value goes. */
    Value at(int at, boolean inElement) {
        if (text.startsWith(CDATA, at)) {
            int inner = at + CDATA.length();
            return new Value(text, inner, endOfSection(inner), true);
        }
        int start = skipPrefix(text, at);
        for (String quote : QUOTES) {
            if (text.startsWith(quote, start)) {
                int inner = start + quote.length();
                int close = closing(text, inner, quote);
                if (close >= 0) {
                    return new Value(text, inner, close, true);
                }
                return bare(inner, inElement);
            }
        }
        return bare(at, inElement);
    }

    /** The same end serves all sections that begin before it. */
    private int endOfSection(int inner) {
        if (inner > sectionEnd) {
            int close = text.indexOf("]]>", inner);
            sectionEnd = close < 0 ? text.length() : close;
        }
        return sectionEnd;
    }

    /** Letters that some languages write before a string: {@code N'…'}, {@code rb"…"}. */
    private static int skipPrefix(Text text, int at) {
        int start = at;
        while (start < text.length() && start - at < 2 && "NnRrBbFfUuLl@$".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        boolean quote = start < text.length() && "\"'`".indexOf(text.charAt(start)) >= 0;
        return quote ? start : at;
    }

    /** The closing quote on the same line; a plain quote may be escaped inside. */
    private static int closing(Text text, int inner, String quote) {
        boolean escapes = quote.length() == 1;
        boolean lines = quote.equals("\"\"\"") || quote.equals("`") || quote.equals("\"");
        for (int at = inner; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\n' && !lines) {
                return -1;
            }
            if (escapes && c == '\\') {
                at++;
            } else if (text.startsWith(quote, at)) {
                return at;
            }
        }
        return -1;
    }

    /**
     * Where an unquoted value ends depends on the end alone, not on where it began. So the last answer serves all
     * names inside it, and a text of nothing but names is still read once.
     */
    private Value bare(int start, boolean inElement) {
        if (start < knownFrom || start > knownEnd || inElement != knownInElement) {
            int at = start;
            while (at < text.length() && !ends(text, at, inElement)) {
                at++;
            }
            knownFrom = start;
            knownEnd = at;
            knownInElement = inElement;
        }
        return new Value(text, start, withoutClosers(text, start, knownEnd), false);
    }

    private static boolean ends(Text text, int at, boolean inElement) {
        char c = text.charAt(at);
        return switch (c) {
            case '"', '`', ';', '\u00a0' -> true;
            case '<' -> inElement || isFollowedBy(text, at, "/bB!");
            case '\\' -> isFollowedBy(text, at, "\"'nrt");
            case '\'' -> !isFollowedByWord(text, at);
            case ',', '/' -> startsNext(text, at + 1);
            case '&' -> isEscape(text, at) || startsNext(text, at + 1);
            case '%' -> isEscape(text, at);
            default -> c <= ' ';
        };
    }

    private static boolean isFollowedBy(Text text, int at, String any) {
        return at + 1 < text.length() && any.indexOf(text.charAt(at + 1)) >= 0;
    }

    private static boolean isFollowedByWord(Text text, int at) {
        return at + 1 < text.length() && Character.isLetterOrDigit(text.charAt(at + 1));
    }

    private static boolean isEscape(Text text, int at) {
        return ESCAPES.stream().anyMatch(escape -> text.startsWith(escape, at));
    }

    /** Whether another {@code name=value} begins here, or nothing does. */
    private static boolean startsNext(Text text, int at) {
        int end = at;
        while (end < text.length() && end - at < 40 && isOfName(text.charAt(end))) {
            end++;
        }
        if (end >= text.length()) {
            return end == at;
        }
        char next = text.charAt(end);
        return end > at ? next == '=' || next == ':' : next <= ' ' || "\"'{[".indexOf(next) >= 0;
    }

    private static boolean isOfName(char c) {
        return Character.isLetterOrDigit(c) || "_-.[]".indexOf(c) >= 0;
    }

    /** Leaves the punctuation of the sentence or the program around the value where it is. */
    private static int withoutClosers(Text text, int start, int end) {
        int last = end;
        while (last > start
                && end - last < MOST_CLOSERS
                && ",.:)]}'|".indexOf(text.charAt(last - 1)) >= 0
                && !isOpened(text, start, last - 1)) {
            last--;
        }
        return last;
    }

    private static boolean isOpened(Text text, int start, int closer) {
        int kind = ")]}".indexOf(text.charAt(closer));
        for (int at = closer - 1; kind >= 0 && at >= Math.max(start, closer - LONGEST_BRACKET); at--) {
            if (text.charAt(at) == "([{".charAt(kind)) {
                return true;
            }
        }
        return false;
    }
}
