package dev.nuxari.server.redaction;

/**
 * A text, or a stretch of one, as the rules read it. Counts what they read, and regular expressions with them, so that a test
 * can show that it stays proportional to the length.
 */
final class Text implements CharSequence {
    private final String content;
    private final int from;
    private final int to;
    private final Steps steps;

    /** How many characters were read so far, each as often as it was read. */
    static final class Steps {
        private long taken;

        void add(long more) {
            taken += more;
        }

        long taken() {
            return taken;
        }
    }

    private Text(String content, int from, int to, Steps steps) {
        this.content = content;
        this.from = from;
        this.to = to;
        this.steps = steps;
    }

    static Text of(String content) {
        return counted(content, new Steps());
    }

    static Text counted(String content, Steps steps) {
        return new Text(content, 0, content.length(), steps);
    }

    /** The characters of another text, counted together with this one. */
    Text derived(String other) {
        steps.add(other.length());
        return counted(other, steps);
    }

    @Override
    public int length() {
        return to - from;
    }

    @Override
    public char charAt(int index) {
        steps.taken++;
        return content.charAt(from + index);
    }

    @Override
    public Text subSequence(int start, int end) {
        return new Text(content, from + start, from + end, steps);
    }

    @Override
    public String toString() {
        steps.add(length());
        return content.substring(from, to);
    }

    String substring(int start, int end) {
        return subSequence(start, end).toString();
    }

    boolean startsWith(String prefix, int at) {
        int start = from + at;
        if (at < 0 || start + prefix.length() > to) {
            return false;
        }
        boolean begins = content.startsWith(prefix, start);
        steps.add(begins ? prefix.length() : 1);
        return begins;
    }

    boolean regionMatchesIgnoringCase(int at, String other) {
        steps.add(other.length());
        return at >= 0 && content.regionMatches(true, from + at, other, 0, other.length());
    }

    int indexOf(String wanted, int start) {
        return indexOf(wanted, start, length());
    }

    /** The same, not farther than {@code limit}. */
    int indexOf(String wanted, int start, int limit) {
        int end = Math.min(to, from + limit);
        int at = start > end - from ? -1 : content.indexOf(wanted, from + start, end);
        steps.add((at < 0 ? end : at) - (long) (from + start));
        return at < 0 ? -1 : at - from;
    }

    int indexOf(char wanted, int start) {
        int at = content.indexOf(wanted, from + start, to);
        steps.add((at < 0 ? to : at) - (long) (from + start));
        return at < 0 ? -1 : at - from;
    }

    /** Without the white space around it. */
    Text strip() {
        int start = 0;
        int end = length();
        while (start < end && Character.isWhitespace(charAt(start))) {
            start++;
        }
        while (end > start && Character.isWhitespace(charAt(end - 1))) {
            end--;
        }
        return subSequence(start, end);
    }

    void count(long read) {
        steps.add(read);
    }

    String content() {
        return content;
    }
}
