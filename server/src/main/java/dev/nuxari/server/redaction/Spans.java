package dev.nuxari.server.redaction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/** The secrets found in one text; overlapping finds become one, and the one that begins first names it. */
final class Spans {
    private static final Comparator<Span> BY_POSITION = Comparator.comparingInt(Span::start)
            .thenComparing(Span::end, Comparator.reverseOrder())
            .thenComparingInt(Span::rank);
    private static final Comparator<Span> BY_RANK =
            Comparator.comparingInt(Span::rank).thenComparingInt(Span::start);

    /** Of a text in which no rule had anything to look at. */
    static final Spans NONE = new Spans();

    static final String MARK = "[redacted:";

    private static final int MOST_REPEATED = 8;
    private static final int LONGEST_REPEATED = 200;

    private final List<Span> found = new ArrayList<>();
    private boolean marksSeen;
    private boolean escapesSeen;

    void add(int rank, int start, int end, String kind) {
        if (end > start) {
            found.add(new Span(rank, start, end, kind));
        }
    }

    /** Something in the text looks as if it had been redacted. */
    void seeMark() {
        marksSeen = true;
    }

    boolean sawMark() {
        return marksSeen;
    }

    /** The text does not read as it is written. */
    void seeEscape() {
        escapesSeen = true;
    }

    boolean sawEscape() {
        return escapesSeen;
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** The finds in order of position, none touching another. */
    List<Span> merged() {
        found.sort(BY_POSITION);
        List<Span> merged = new ArrayList<>();
        for (Span next : found) {
            Span last = merged.isEmpty() ? null : merged.getLast();
            if (last == null || next.start() >= last.end()) {
                merged.add(next);
            } else if (next.end() > last.end()) {
                merged.set(merged.size() - 1, new Span(last.rank(), last.start(), next.end(), last.kind()));
            }
        }
        return merged;
    }

    /** Who writes a password twice may name it once: the same characters are secret everywhere in the text. */
    void addRepeats(Text text) {
        List<Span> named = found.stream()
                .sorted(BY_RANK)
                .filter(span -> span.end() - span.start() <= LONGEST_REPEATED)
                .filter(span -> SecretValue.looksLikePassword(text.subSequence(span.start(), span.end())))
                .limit(MOST_REPEATED)
                .toList();
        for (Span span : named) {
            String value = text.substring(span.start(), span.end());
            for (int at = text.indexOf(value, 0); at >= 0; at = text.indexOf(value, at + value.length())) {
                if (at != span.start()) {
                    add(Ranks.REPEAT, at, at + value.length(), span.kind());
                }
            }
        }
    }

    /** Forgets what was found inside these stretches, which do not touch; what reaches beyond one stays found. */
    void keep(NavigableMap<Integer, Integer> endsByStart) {
        found.removeIf(span -> {
            Map.Entry<Integer, Integer> kept = endsByStart.floorEntry(span.start());
            return kept != null && span.end() <= kept.getValue();
        });
    }

    String mask(String text, Marks marks) {
        StringBuilder masked = new StringBuilder(text.length());
        int copied = 0;
        for (Span span : merged()) {
            int start = wholeCharacter(text, span.start());
            int end = wholeCharacter(text, span.end());
            masked.append(text, copied, Math.max(copied, start))
                    .append(marks.mark(span.kind(), text.substring(start, end)));
            copied = end;
        }
        return masked.append(text, copied, text.length()).toString();
    }

    /** The end of the character that {@code index} would cut in two; half a surrogate pair is no text. */
    private static int wholeCharacter(String text, int index) {
        boolean cuts = index > 0
                && index < text.length()
                && Character.isSurrogatePair(text.charAt(index - 1), text.charAt(index));
        return cuts ? index + 1 : index;
    }
}
