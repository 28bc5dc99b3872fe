package dev.nuxari.server.redaction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads backwards from a name to the value in front of it: {@code {"value":"…","name":"password"}}. */
final class Siblings {
    private static final List<String> NAMING =
            List.of("name", "key", "field", "header", "Name", "Key", "label", "param");
    private static final List<String> CARRYING = List.of("value", "Value", "val", "content", "text");
    private static final int LONGEST = 300;

    private Siblings() {}

    /** The value that stands in the member before the one whose value, a name, begins at {@code start}. */
    static @Nullable Value before(Text text, int start) {
        int naming = member(text, start, NAMING);
        int comma = naming < 0 ? -1 : skipSpace(text, naming);
        if (comma < 1 || text.charAt(comma - 1) != ',') {
            return null;
        }
        int close = skipSpace(text, comma - 1) - 1;
        int open = close < 1 || text.charAt(close) != '"' ? -1 : opening(text, close);
        return open < 0 || member(text, open + 1, CARRYING) < 0 ? null : new Value(text, open + 1, close, true);
    }

    /** Where the member begins whose string begins at {@code start}, if it has one of these names. */
    private static int member(Text text, int start, List<String> names) {
        int open = start - 1;
        if (open < 1 || text.charAt(open) != '"') {
            return -1;
        }
        int colon = skipSpace(text, open) - 1;
        if (colon < 1 || text.charAt(colon) != ':') {
            return -1;
        }
        int end = skipSpace(text, colon);
        for (String name : names) {
            int begin = end - name.length() - 2;
            if (begin >= 0 && text.startsWith("\"" + name + "\"", begin)) {
                return begin;
            }
        }
        return -1;
    }

    private static int opening(Text text, int close) {
        for (int at = close - 1; at >= 0 && close - at < LONGEST; at--) {
            char c = text.charAt(at);
            if (c == '\n') {
                return -1;
            }
            if (c == '"') {
                return at;
            }
        }
        return -1;
    }

    /** Back over white space, not far. */
    private static int skipSpace(Text text, int end) {
        int at = end;
        while (at > 0 && end - at < 16 && text.charAt(at - 1) <= ' ') {
            at--;
        }
        return at;
    }
}
