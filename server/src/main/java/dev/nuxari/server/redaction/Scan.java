package dev.nuxari.server.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * One walk over one text. Each character costs a look-up in the automaton of all literals; where one of them ends, the rule it
 * belongs to looks closer. A text in which none ends leaves nothing behind.
 */
final class Scan {
    private static final List<Rule> RULES = new ArrayList<>();
    private static final Literals LITERALS = new Literals(register());
    private static final byte[] CLASSES = LITERALS.classes();
    private static final char[] NEXT = LITERALS.next();
    private static final int FIRST_END = LITERALS.firstEnd();
    private static final int LAST_OF_BASE64 = Literals.BASE64.length();

    private static final int[] NOTHING_FOUND = {};

    private final Text text;
    private final int layers;
    private final Spans spans = new Spans();
    /** By the number of a shape: up to where it was found. */
    private int[] shapesDone = NOTHING_FOUND;

    private @Nullable NamedValues names;
    private @Nullable Columns columns;
    private @Nullable PrivateKeys keys;
    private @Nullable Encoded encoded;
    private @Nullable Seams seams;

    private Scan(Text text, int layers) {
        this.text = text;
        this.layers = layers;
    }

    /** Whether no rule has anything to look at in this text. Most texts are like that, so it makes nothing. */
    static boolean isQuiet(String content, int layers) {
        int length = content.length();
        int state = 0;
        int run = 0;
        for (int at = 0; at < length; at++) {
            int kind = CLASSES[content.charAt(at)] & 0xff;
            if (kind == 0 || kind > LAST_OF_BASE64) {
                if (at - run >= Encoded.SHORTEST && isWorthALook(content, run, at, layers)) {
                    return false;
                }
                run = at + 1;
            }
            state = NEXT[(state << Literals.BITS) + kind];
            if (state >= FIRST_END) {
                return false;
            }
        }
        return length - run < Encoded.SHORTEST || !isWorthALook(content, run, length, layers);
    }

    /** What the rules find in the text however it is read, and in {@code layers} layers of encoding inside it. */
    static Spans of(Text text, int layers) {
        Scan scan = new Scan(text, layers);
        scan.walk();
        if (scan.seams != null) {
            scan.seams.addTo(scan.spans, layers);
        }
        if (layers > 0 && scan.spans.sawEscape()) {
            Reading reading = Unfolding.of(text);
            reading.addTo(scan.spans, of(reading.text(), layers - 1), _ -> true);
        }
        return scan.spans;
    }

    /** The same, as it is written. */
    static Spans asWritten(Text text, int layers) {
        Scan scan = new Scan(text, layers);
        scan.walk();
        return scan.spans;
    }

    private void walk() {
        String content = text.content();
        int length = content.length();
        int state = 0;
        int run = 0;
        for (int at = 0; at < length; at++) {
            int kind = CLASSES[content.charAt(at)] & 0xff;
            if (kind == 0 || kind > LAST_OF_BASE64) {
                if (at - run >= Encoded.SHORTEST && isWorthALook(content, run, at, layers)) {
                    lookAtRun(run, at);
                }
                run = at + 1;
            }
            state = NEXT[(state << Literals.BITS) + kind];
            if (state >= FIRST_END) {
                lookAtLiterals(state, at + 1);
            }
        }
        if (length - run >= Encoded.SHORTEST && isWorthALook(content, run, length, layers)) {
            lookAtRun(run, length);
        }
        text.count(length);
    }

    private static boolean isWorthALook(String content, int start, int end, int layers) {
        return Runs.mayHold(content, start, end) || (layers > 0 && Encoded.mayHold(content, start, end));
    }

    private void lookAtRun(int start, int end) {
        if (Runs.mayHold(text.content(), start, end)) {
            Runs.find(text, start, end, spans);
        }
        if (layers > 0 && Encoded.mayHold(text.content(), start, end)) {
            encoded().find(start, end);
        }
    }

    private void lookAtLiterals(int state, int end) {
        for (int literal : LITERALS.endingIn(state)) {
            RULES.get(literal).look(this, end);
        }
    }

    private static List<String> register() {
        List<String> literals = new ArrayList<>();
        for (int i = 0; i < Shapes.ALL.size(); i++) {
            int number = i;
            String anchor = Shapes.ALL.get(i).anchor();
            literals.add(anchor);
            RULES.add((scan, end) -> scan.lookAtShape(number, end - anchor.length()));
        }
        literals.add(PrivateKeys.BEGIN);
        RULES.add((scan, end) -> scan.keys().lookAtArmour(end - PrivateKeys.BEGIN.length(), end));
        for (String beginning : PrivateKeys.BARE_BEGINNINGS) {
            literals.add(beginning);
            RULES.add((scan, end) -> scan.keys().lookAtBare(end - beginning.length()));
        }
        for (String clue : Vocabulary.clues()) {
            literals.add(clue);
            RULES.add((scan, end) -> scan.lookAtName(end - clue.length(), end));
        }
        for (String insert : List.of("insert", "INSERT", "Insert")) {
            literals.add(insert);
            RULES.add((scan, end) -> scan.columns().lookAtStatement(end - insert.length()));
        }
        for (String operator : List.of("==", "!=")) {
            literals.add(operator);
            RULES.add((scan, end) -> Comparison.find(scan.text, end - operator.length(), scan.spans));
        }
        for (String escape : List.of("\\u", "\\x", "%", "&#", "&amp;", Folding.ANY)) {
            literals.add(escape);
            RULES.add((scan, end) -> scan.lookAtEscape(end - escape.length()));
        }
        literals.add(Spans.MARK);
        RULES.add(Scan::passMark);
        return literals;
    }

    private void lookAtShape(int number, int start) {
        if (shapesDone.length > 0 && start < shapesDone[number]) {
            return;
        }
        int end = Shapes.ALL.get(number).find(text, start, Ranks.FIRST_SHAPE + number, spans);
        seams().lookBehind(end < 0 ? start + Shapes.ALL.get(number).anchor().length() : end);
        if (end > 0) {
            shapesDone = shapesDone.length == 0 ? new int[Shapes.ALL.size()] : shapesDone;
            shapesDone[number] = end;
        }
    }

    /** Whoever reads the text may see another one. */
    private void lookAtEscape(int start) {
        char c = text.charAt(start);
        if (!spans.sawEscape() && (Folding.isFolded(c) || Escape.at(text, start) != null)) {
            spans.seeEscape();
        }
    }

    private void lookAtName(int start, int end) {
        if (Words.isEnd(text, end)) {
            names().lookAtNameAround(start);
            columns().lookAtLineAround(start);
        }
    }

    /** Inside a mark nothing is named. What only begins like one hides nothing from us. */
    private void passMark(int end) {
        spans.seeMark();
        Matcher mark = Marks.MARK
                .matcher(text)
                .region(end - Spans.MARK.length(), Math.min(text.length(), end + Marks.LONGEST));
        if (mark.lookingAt()) {
            names().skip(mark.end());
        }
    }

    private NamedValues names() {
        NamedValues made = names == null ? new NamedValues(text, spans) : names;
        names = made;
        return made;
    }

    private Columns columns() {
        Columns made = columns == null ? new Columns(text, spans) : columns;
        columns = made;
        return made;
    }

    private Encoded encoded() {
        Encoded made = encoded == null ? new Encoded(text, spans, layers) : encoded;
        encoded = made;
        return made;
    }

    private Seams seams() {
        Seams made = seams == null ? new Seams(text) : seams;
        seams = made;
        return made;
    }

    private PrivateKeys keys() {
        PrivateKeys made = keys == null ? new PrivateKeys(text, spans) : keys;
        keys = made;
        return made;
    }
}
