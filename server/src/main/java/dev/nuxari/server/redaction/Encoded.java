package dev.nuxari.server.redaction;

import java.util.regex.Pattern;

/** Looks into what is encoded: what holds a secret when decoded is a secret. */
final class Encoded {
    /** Shorter runs hold nothing worth hiding. */
    static final int SHORTEST = 12;

    private static final Pattern USER_AND_PASSWORD = Pattern.compile("[^\\s:]{1,80}:[^\\s]{3,200}");
    private static final String KIND = "encoded-secret";
    /** What stands behind the path of a URL, or behind a prefix, has to be longer. */
    private static final int SHORTEST_PART = 16;
    /** Lines of Base64 are at least so long, when there are several. */
    private static final int SHORTEST_LINE = 48;

    /** Digits of Base64 that also divide paths and names. */
    private static final String SEPARATORS = "/-_+";

    private static final String[] LINE_ENDS = {"\n", "\r\n", "\\n", "\\r\\n"};

    private final Text text;
    private final Spans spans;
    private final int layers;
    /** Up to here the lines of a block were looked at together. */
    private int until;

    Encoded(Text text, Spans spans, int layers) {
        this.text = text;
        this.spans = spans;
        this.layers = layers;
    }

    /** Whether this run, or what follows a separator in it, may be the beginning of an encoded text; it makes nothing. */
    static boolean mayHold(String content, int start, int end) {
        if (Decoding.mayBeText(content, start, end)) {
            return true;
        }
        boolean prefixed = content.charAt(start + 1) == 'x' && Decoding.mayBeText(content, start + 2, end);
        for (int at = start; !prefixed && at < end - SHORTEST_PART; at++) {
            if (isSeparator(content.charAt(at)) && Decoding.mayBeText(content, at + 1, end)) {
                return true;
            }
        }
        return prefixed;
    }

    private static boolean isSeparator(char c) {
        return SEPARATORS.indexOf(c) >= 0;
    }

    void find(int start, int end) {
        if (start < until) {
            return;
        }
        int block = end - start < SHORTEST_LINE ? end : endOfBlock(start, end);
        if (block > end) {
            until = block;
            look(start, block);
        } else if (!look(start, end)) {
            lookAtParts(text.startsWith("x", start + 1) ? start + 2 : start, end, "/");
        }
    }

    /** What stands between slashes, and only where that is no text, between the other separators. */
    private void lookAtParts(int start, int end, String separators) {
        int part = start;
        for (int at = start; at <= end; at++) {
            if (at == end || separators.indexOf(text.charAt(at)) >= 0) {
                boolean looked = at - part < SHORTEST_PART || look(part, at);
                if (!looked && separators.length() == 1) {
                    lookAtParts(part, at, SEPARATORS);
                }
                part = at + 1;
            }
        }
    }

    /** Whether the stretch is a text at all. */
    private boolean look(int start, int end) {
        if (!Decoding.mayBeText(text.content(), start, end)) {
            return false;
        }
        String decoded = Decoding.text(withoutLines(text.substring(start, end)));
        if (!decoded.isEmpty() && (isBasic(start, decoded) || holdsSecret(decoded))) {
            spans.add(Ranks.ENCODED, start, behindPadding(end), KIND);
        }
        return !decoded.isEmpty();
    }

    private boolean holdsSecret(String decoded) {
        return !Scan.of(text.derived(decoded), layers - 1).isEmpty();
    }

    private boolean isBasic(int start, String decoded) {
        return text.regionMatchesIgnoringCase(start - 6, "basic ")
                && USER_AND_PASSWORD.matcher(decoded).matches();
    }

    private int behindPadding(int end) {
        int behind = end;
        while (behind < Math.min(text.length(), end + 2) && text.charAt(behind) == '=') {
            behind++;
        }
        return behind;
    }

    /** The end of the last of the lines of Base64 that begin with this one. */
    private int endOfBlock(int start, int end) {
        int length = end - start;
        int last = end;
        for (int next = behindLineEnd(end); next > last && last - start >= length; next = behindLineEnd(last)) {
            int at = next;
            while (at < text.length() && at - next <= length && isOfRun(text.charAt(at))) {
                at++;
            }
            if (at == next || at - next > length) {
                return last;
            }
            last = at;
            if (at - next < length) {
                return last;
            }
        }
        return last;
    }

    private int behindLineEnd(int at) {
        for (String lineEnd : LINE_ENDS) {
            if (text.startsWith(lineEnd, at)) {
                return at + lineEnd.length();
            }
        }
        return -1;
    }

    private static String withoutLines(String block) {
        return block.indexOf('\n') < 0 && block.indexOf('\\') < 0
                ? block
                : block.replace("\\r", "").replace("\\n", "").replace("\r", "").replace("\n", "");
    }

    /** Whether nothing else is in it. */
    static boolean isRun(String piece) {
        return !piece.isEmpty()
                && isOfRun(piece.charAt(piece.length() - 1))
                && piece.chars().allMatch(c -> isOfRun((char) c));
    }

    private static boolean isOfRun(char c) {
        return c < 128 && Literals.BASE64.indexOf(c) >= 0;
    }
}
