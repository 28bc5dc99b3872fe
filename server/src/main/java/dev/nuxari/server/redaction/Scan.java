package dev.nuxari.server.redaction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * One walk over one text. Each character costs a look-up in the automaton of all literals; where one of them ends, the rule it
 * belongs to looks closer. A text in which none ends leaves nothing behind.
 */
final class Scan {
    /** A rule, the literal it waits for, and what is asked before it is worth a look. */
    private record Registered(String literal, Condition first, Rule rule) {
        boolean mayLook(CharSequence content, int end) {
            return first.holds(content, end - literal.length(), end);
        }
    }

    private static final Registered[] RULES = register().toArray(Registered[]::new);
    private static final Literals LITERALS =
            new Literals(Arrays.stream(RULES).map(Registered::literal).toList());
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
        return firstOfInterest(content, layers) < 0;
    }

    /** Behind the first character at which a rule has something to look at, or -1 if there is none. */
    static int firstOfInterest(String content, int layers) {
        int length = content.length();
        int state = 0;
        int run = 0;
        for (int at = 0; at < length; at++) {
            int kind = CLASSES[content.charAt(at)];
            if (!isOfRun(kind)) {
                if (at - run >= Encoded.SHORTEST && isWorthALook(content, run, at, layers)) {
                    return at;
                }
                run = at + 1;
            }
            state = NEXT[(state << Literals.BITS) + kind];
            if (state >= FIRST_END && mayLook(content, state, at + 1)) {
                return at + 1;
            }
        }
        return length - run >= Encoded.SHORTEST && isWorthALook(content, run, length, layers) ? length : -1;
    }

    /** The same for strings that are read as one, but no encoded text that begins in one of them and ends in another. */
    static boolean areQuiet(Iterable<String> pieces, int layers) {
        int state = 0;
        for (String content : pieces) {
            int run = 0;
            int length = content.length();
            for (int at = 0; at < length; at++) {
                int kind = CLASSES[content.charAt(at)];
                if (!isOfRun(kind)) {
                    if (at - run >= Encoded.SHORTEST && isWorthALook(content, run, at, layers)) {
                        return false;
                    }
                    run = at + 1;
                }
                state = NEXT[(state << Literals.BITS) + kind];
                if (state >= FIRST_END && mayLook(content, state, at + 1)) {
                    return false;
                }
            }
            if (length - run >= Encoded.SHORTEST && isWorthALook(content, run, length, layers)) {
                return false;
            }
        }
        return true;
    }

    /** What the rules find in the text however it is read, and in {@code layers} layers of encoding inside it. */
    static Spans of(Text text, int layers) {
        return of(text, layers, 0);
    }

    /** The same, when no rule has anything to look at before {@code first}. */
    static Spans of(Text text, int layers, int first) {
        Scan scan = new Scan(text, layers);
        scan.walk(scan.beginning(first));
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
        scan.walk(0);
        return scan.spans;
    }

    /** Where a literal or a run may begin that reaches {@code first}. */
    private int beginning(int first) {
        String content = text.content();
        int at = Math.max(0, first - LITERALS.longest());
        while (at > 0 && isOfRun(CLASSES[content.charAt(at - 1)])) {
            at--;
        }
        return at;
    }

    private static boolean isOfRun(int kind) {
        return kind > 0 && kind <= LAST_OF_BASE64;
    }

    private void walk(int from) {
        String content = text.content();
        int length = content.length();
        int state = 0;
        int run = from;
        for (int at = from; at < length; at++) {
            int kind = CLASSES[content.charAt(at)];
            if (!isOfRun(kind)) {
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

    private static boolean mayLook(String content, int state, int end) {
        for (int literal : LITERALS.endingIn(state)) {
            if (RULES[literal].mayLook(content, end)) {
                return true;
            }
        }
        return false;
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
            RULES[literal].rule().look(this, end);
        }
    }

    private static List<Registered> register() {
        List<Registered> rules = new ArrayList<>();
        for (int i = 0; i < Shapes.ALL.size(); i++) {
            int number = i;
            Shape shape = Shapes.ALL.get(i);
            String anchor = shape.anchor();
            Condition first = (text, start, end) ->
                    shape.condition().holds(text, start, end) || Seams.mayFollow(text, start, end);
            rules.add(new Registered(anchor, first, (scan, end) -> scan.lookAtShape(number, end - anchor.length())));
        }
        rules.add(new Registered(
                PrivateKeys.BEGIN,
                Condition.NONE,
                (scan, end) -> scan.keys().lookAtArmour(end - PrivateKeys.BEGIN.length(), end)));
        for (String beginning : PrivateKeys.BARE_BEGINNINGS) {
            rules.add(new Registered(
                    beginning, Condition.NONE, (scan, end) -> scan.keys().lookAtBare(end - beginning.length())));
        }
        for (String clue : Vocabulary.clues()) {
            rules.add(new Registered(
                    clue, Condition.ENDS_WORD, (scan, end) -> scan.lookAtName(end - clue.length(), end)));
        }
        for (String insert : List.of("insert", "INSERT", "Insert")) {
            rules.add(new Registered(
                    insert, Condition.NONE, (scan, end) -> scan.columns().lookAtStatement(end - insert.length())));
        }
        for (String operator : List.of("==", "!=")) {
            rules.add(new Registered(
                    operator,
                    Condition.NONE,
                    (scan, end) -> Comparison.find(scan.text, end - operator.length(), scan.spans)));
        }
        for (String escape : List.of("\\u", "\\x", "%", "&#", "&amp;", Folding.ANY)) {
            rules.add(new Registered(escape, Condition.NONE, (scan, end) -> scan.lookAtEscape(end - escape.length())));
        }
        rules.add(new Registered(Spans.MARK, Condition.NONE, Scan::passMark));
        return rules;
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
