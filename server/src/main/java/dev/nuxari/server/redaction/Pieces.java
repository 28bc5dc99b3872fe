package dev.nuxari.server.redaction;

import java.util.ArrayList;
import java.util.List;

/** Strings that stand one behind the other in a document, and may be one secret together. */
final class Pieces {
    private final List<String> pieces;
    private final int[] starts;
    private final String whole;

    private Pieces(List<String> pieces) {
        this.pieces = pieces;
        starts = new int[pieces.size() + 1];
        for (int i = 0; i < pieces.size(); i++) {
            starts[i + 1] = starts[i] + pieces.get(i).length();
        }
        whole = String.join("", pieces);
    }

    /** What each of them shows; the same list if they are no secret together. */
    static List<String> redact(List<String> pieces, Pass pass) {
        return pieces.size() < 2 ? pieces : new Pieces(pieces).redact(pass);
    }

    private List<String> redact(Pass pass) {
        Spans found = pass.find(whole);
        List<Span> shared = found.merged().stream()
                .map(span -> withoutNextWord(span, pass))
                .filter(this::isShared)
                .toList();
        if (shared.isEmpty()) {
            return pieces;
        }
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            shown.add(show(i, shared, pass));
        }
        return shown;
    }

    /** A token takes in the letters behind it. When it was whole before, the word that begins the last piece is none of it. */
    private Span withoutNextWord(Span span, Pass pass) {
        int cut = starts[pieceAt(span.end() - 1)];
        if (cut <= span.start() || !SecretValue.isPlainWord(Text.of(whole.substring(cut, span.end())))) {
            return span;
        }
        List<Span> shorter = pass.find(whole.substring(span.start(), cut)).merged();
        boolean same = !shorter.isEmpty()
                && shorter.getFirst().start() == 0
                && shorter.getFirst().kind().equals(span.kind());
        return same ? new Span(span.rank(), span.start(), cut, span.kind()) : span;
    }

    /** Only what has a form of its own: beside a name stands the value of the next name, or the next name. */
    private boolean isShared(Span span) {
        return Ranks.isFormed(span) && pieceAt(span.start()) != pieceAt(span.end() - 1);
    }

    private int pieceAt(int index) {
        int low = 0;
        int high = pieces.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (starts[middle] <= index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private String show(int piece, List<Span> shared, Pass pass) {
        StringBuilder shown = new StringBuilder();
        int copied = starts[piece];
        int end = starts[piece + 1];
        for (Span span : shared) {
            if (span.start() < end && span.end() > copied) {
                int start = Math.max(copied, span.start());
                shown.append(pass.redactText(whole.substring(copied, start)))
                        .append(pass.mark(span.kind(), whole.substring(span.start(), span.end())));
                copied = Math.min(end, span.end());
            }
        }
        return shown.append(pass.redactText(whole.substring(copied, end))).toString();
    }
}
