package dev.nuxari.server.redaction;

/**
 * Finds tokens that were cut into neighbouring strings: {@code ["ghp_…", "…"]} and {@code "ghp_…" + "…"}. The text is read once
 * more without the seams, when a token begins that does not go on before one.
 */
final class Seams {
    private static final int MOST_SPACE = 16;
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_PIECE = 100;
    /** Shorter beginnings stand everywhere. */
    private static final int SHORTEST_ANCHOR = 3;

    /** What may stand between two strings that are one, and the quotes of which. */
    private static final String SIGNS = ",+.&\\\"'";

    private final Text text;
    /** The characters of a token that begin before it go on to here. */
    private int knownEnd;

    private boolean knownSeam;
    private boolean seen;

    Seams(Text text) {
        this.text = text;
    }

    /** Whether the word that begins like this may go on in the next string; asked before anything is made of the text. */
    static boolean mayFollow(CharSequence text, int start, int end) {
        if (end - start < SHORTEST_ANCHOR || (start > 0 && Character.isLetterOrDigit(text.charAt(start - 1)))) {
            return false;
        }
        int at = end;
        while (at < text.length() && at - end < LONGEST_PIECE && isOfToken(text.charAt(at))) {
            at++;
        }
        return at < text.length() && isQuote(text.charAt(at)) && isSign(text, behindSpace(text, at + 1));
    }

    private static boolean isSign(CharSequence text, int at) {
        return at < text.length() && SIGNS.indexOf(text.charAt(at)) >= 0;
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'' || c == '\\';
    }

    /** Something that begins like a token stands before {@code end}. */
    void lookBehind(int end) {
        if (!seen && end > knownEnd) {
            int at = end;
            while (at < text.length() && isOfToken(text.charAt(at))) {
                at++;
            }
            knownEnd = at;
            knownSeam = behind(text, at) > at;
        }
        seen |= knownSeam;
    }

    /** What is a token when the seams are gone. */
    void addTo(Spans spans, int layers) {
        if (!seen) {
            return;
        }
        Reading reading = without(text);
        Text joined = reading.text();
        Spans found = Scan.asWritten(joined, layers);
        reading.addTo(
                spans, found, span -> Ranks.isFormed(span) && reading.isJoined(span) && goesOn(reading, joined, span));
    }

    /** A token takes in the letters behind it, so a word behind the last seam in it may be another string. */
    private static boolean goesOn(Reading reading, Text joined, Span span) {
        int seam = span.end() - 1;
        while (seam > span.start() && reading.isAdjacent(seam - 1)) {
            seam--;
        }
        return !SecretValue.isPlainWord(joined.subSequence(seam, span.end()));
    }

    /** How a text reads without them. */
    static Reading without(Text text) {
        Reading reading = new Reading(text);
        for (int at = 0; at < text.length(); ) {
            int behind = behind(text, at);
            if (behind == at) {
                reading.add(text.charAt(at), at, at + 1);
                behind++;
            }
            at = behind;
        }
        return reading;
    }

    private static boolean isOfToken(char c) {
        return c > ' ' && c < 127 && c != '"' && c != '\'' && c != '\\' && c != ',';
    }

    /** Behind the seam that begins at {@code at}, or {@code at} if none does. */
    private static int behind(Text text, int at) {
        int open = behindQuote(text, at);
        if (open == at) {
            return at;
        }
        int next = behindSpace(text, open);
        boolean sign = next < text.length() && ",+.&\\".indexOf(text.charAt(next)) >= 0;
        next = sign ? behindSpace(text, next + 1) : next;
        boolean same = next < text.length() && next > open && text.charAt(next) == text.charAt(at);
        return same && !isMember(text, next) ? behindQuote(text, next) : at;
    }

    /** Whether the string that is opened there is the name of the next member, and no value. */
    private static boolean isMember(Text text, int quote) {
        int close = text.indexOf("\"", quote + 1, quote + LONGEST_NAME);
        return close > 0 && text.startsWith(":", behindSpace(text, close + 1));
    }

    private static int behindQuote(Text text, int at) {
        int quote = text.startsWith("\\", at) ? at + 1 : at;
        boolean quoted = quote < text.length() && (text.charAt(quote) == '"' || text.charAt(quote) == '\'');
        return quoted ? quote + 1 : at;
    }

    private static int behindSpace(CharSequence text, int from) {
        int at = from;
        while (at < text.length() && at - from < MOST_SPACE && text.charAt(at) <= ' ') {
            at++;
        }
        return at;
    }
}
