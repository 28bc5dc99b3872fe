package dev.nuxari.server.redaction;

import java.util.Arrays;
import java.util.function.Predicate;

/** How a text reads when something is taken out of it or decoded, with the way back to what was written. */
final class Reading {
    private final Text written;
    private final StringBuilder read;
    /** By the index of a character that is read: where it begins in what was written, and where it ends. */
    private int[] starts;

    private int[] ends;
    private boolean changed;

    Reading(Text written) {
        this.written = written;
        read = new StringBuilder(written.length());
        starts = new int[written.length()];
        ends = new int[written.length()];
    }

    /** Something is read otherwise than it was written. */
    void change() {
        changed = true;
    }

    boolean isChanged() {
        return changed;
    }

    /** What was written from {@code start} to {@code end} reads like this. */
    void add(String characters, int start, int end) {
        for (int i = 0; i < characters.length(); i++) {
            add(characters.charAt(i), start, end);
        }
    }

    void add(char c, int start, int end) {
        int index = read.length();
        if (index == starts.length) {
            starts = Arrays.copyOf(starts, 2 * index + 16);
            ends = Arrays.copyOf(ends, 2 * index + 16);
        }
        read.append(c);
        starts[index] = start;
        ends[index] = end;
    }

    Text text() {
        return written.derived(read.toString());
    }

    /** Says of what was found in the text as it is read where it was written. */
    void addTo(Spans spans, Spans found, Predicate<Span> wanted) {
        for (Span span : found.merged()) {
            if (wanted.test(span)) {
                spans.add(span.rank(), starts[span.start()], ends[span.end() - 1], span.kind());
            }
        }
    }

    /** Whether nothing was taken out behind the character. */
    boolean isAdjacent(int index) {
        return ends[index] == starts[index + 1];
    }

    /** Whether something was taken out from the middle of it. */
    boolean isJoined(Span span) {
        return ends[span.end() - 1] - starts[span.start()] > span.end() - span.start();
    }
}
