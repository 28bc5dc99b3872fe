package dev.nuxari.server.redaction;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds values that stand beside a name which says they are secret, in whatever notation: JSON, YAML, XML, properties,
 * forms, environment, command lines, SQL, program text, or a sentence.
 */
final class NamedValues {
    private static final int LONGEST_LINK = 300;
    private static final int LONGEST_NAME = 80;

    private static final String QUOTE = "(?:\\\\{0,3}[\"'`]|&quot;|&#34;|&#39;|&apos;|%22|%27|\\\\u0022)";
    private static final String CLOSE = "(?:" + QUOTE + "|\\[\\]|[\\])*]){0,4}[ \\t]{0,8}";
    private static final String OPERATOR =
            "(?::=|::|\\?=|\\.=|\\+=|=>|->|={1,3}|!={1,2}|%3[Dd]|=3D|%3[Aa]|&#61;|&equals;|:|\\|\\||\\?\\?|：|＝)";
    /** A declared type between name and value: {@code secret: str = "…"}, {@code var SECRET string = "…"}. */
    private static final String TYPE =
            "(?:(?::\\s?[A-Za-z][\\w.\\[\\]<>*]{0,30}|string|String|str|text|\\[\\]byte)\\s{1,3}(?==))?";
    /** Another member of the same object, between the one that names and the one that is named. */
    private static final String MEMBER =
            "(?:\"[A-Za-z_]{1,20}\"\\s?:\\s?(?:\"[^\"\\\\\n]{0,40}\"|[\\w.-]{1,20})\\s?,\\s{0,8})";
    /** What may stand between a name and its value, the likeliest first. */
    private static final List<Link> LINKS = List.of(
            new Link(
                    Link.Form.ASSIGNED,
                    CLOSE + TYPE + OPERATOR + "(?:\\s{0,64}(?:\\[\\s{0,8})?(?=" + QUOTE + ")|[ \\t]{0,64})"),
            new Link(
                    Link.Form.SIBLING,
                    CLOSE + ",?\\s{0,8}" + MEMBER + "{0,2}" + QUOTE + "?(?i:value|val|v|content|text|default)" + QUOTE
                            + "?\\s{0,4}[:=]\\s{0,8}"),
            new Link(Link.Form.LISTED, CLOSE + "(?:,|\\bor\\b)\\s{0,8}"),
            new Link(Link.Form.ATTRIBUTE, "[ \\t]{0,8}\\|[ \\t]{0,8}"),
            new Link(Link.Form.ATTRIBUTE, QUOTE + "[^\\n]{0,80}\\r?\\n(?:[A-Za-z-]{1,40}:[^\\n]{0,80}\\n){0,3}\\r?\\n"),
            new Link(Link.Form.ELEMENT, "(?:\\s[^<>]{0,200})?(?:>|&gt;)\\s{0,64}"),
            new Link(Link.Form.ATTRIBUTE, QUOTE + "[^<>]{0,200}>(?:\\s{0,16}<[A-Za-z:]{1,40}[^<>]{0,80}>)?\\s{0,64}"),
            new Link(Link.Form.SPACED, "\\s{1,8}(?:-\\w{1,20}\\s|\\d\\s){0,2}"));

    private static final Pattern TOLD = Pattern.compile(
            "(?:\\s{1,2}[\\p{L}\\d@._-]{1,40}){0,4}?\\s{1,2}(?:is|was|to|from|as|are|now|=|:)\\s{0,2}:?\\s{1,3}"
                    + "(?:now\\s|set to\\s)?" + QUOTE + "?");
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][\\w-]{1,24}\\s{1,4}(?=[^\\s])");
    private static final Pattern BLOCK = Pattern.compile("[|>][+-]?\\d?[ \\t]{0,8}\\r?\\n[ \\t]{1,64}");

    private record Link(Form form, Pattern pattern) {
        enum Form {
            ASSIGNED,
            SIBLING,
            LISTED,
            ELEMENT,
            ATTRIBUTE,
            SPACED
        }

        Link(Form form, String pattern) {
            this(form, Pattern.compile(pattern));
        }
    }

    private final ValueReader reader;
    private final Text text;
    private final Spans spans;
    /** Up to here no name begins: it was looked at, or belongs to a value. */
    private int done;

    NamedValues(Text text, Spans spans) {
        this.text = text;
        this.spans = spans;
        reader = new ValueReader(text);
    }

    /** Looks at the name in which {@code at} lies, and at what follows it. */
    void lookAtNameAround(int at) {
        if (at < done) {
            return;
        }
        int start = at;
        while (start > done && isOfName(text.charAt(start - 1))) {
            start--;
        }
        int end = at + 1;
        while (end < text.length() && isOfName(text.charAt(end))) {
            end++;
        }
        done = Math.max(end, inspect(start, end));
    }

    /** What was written by us instead of a secret names nothing. */
    void skip(int end) {
        done = Math.max(done, end);
    }

    private static boolean isOfName(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
    }

    /** Masks the value of the name, and says where to go on. */
    private int inspect(int start, int end) {
        int from = Math.max(start, end - LONGEST_NAME);
        SecretName name = SecretName.of(text.subSequence(from, end));
        if (name == SecretName.KEY) {
            name = SecretName.of(text.subSequence(precedingWord(text, from), end));
        }
        if (name == SecretName.NONE) {
            return end;
        }
        for (Link link : LINKS) {
            Matcher matcher = link.pattern().matcher(text).region(end, Math.min(text.length(), end + LONGEST_LINK));
            if (matcher.lookingAt()) {
                int after = take(new Place(reader, start, end, name, link.form()), matcher.end(), spans);
                if (after > end || link.form() == Link.Form.ASSIGNED) {
                    return Math.max(after, end);
                }
            }
        }
        Value before = Siblings.before(text, start);
        if (name.isCertain() && before != null && SecretValue.looksLikePassword(before.content())) {
            spans.add(Ranks.NAMED, before.start(), before.end(), name.kind());
            return end;
        }
        return told(reader, end, name, spans);
    }

    /** {@code secret key} and {@code api key} are one name in two words. */
    private static int precedingWord(Text text, int start) {
        int at = start - 1;
        if (at < 1 || text.charAt(at) != ' ') {
            return start;
        }
        while (at > 0 && start - at < 20 && Character.isLetter(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    /** A name in the text, and how what follows is tied to it. */
    private record Place(ValueReader reader, int start, int end, SecretName name, Link.Form form) {
        Text text() {
            return reader.text();
        }

        boolean isOption() {
            return text().charAt(start) == '-';
        }

        /** Not a quoted word in a list of them, nor {@code please pass `parent`}. */
        boolean isNounBeforeSpace() {
            return Character.isWhitespace(text().charAt(end)) && end - start > "pass".length();
        }

        boolean startsLine() {
            return start == 0 || text().charAt(start - 1) == '\n';
        }

        /** Inside {@code arn:…:secret:name} every part is a name. */
        boolean isInChain() {
            return start > 0 && text().charAt(start - 1) == ':' && text().startsWith(":", end);
        }

        boolean isElement() {
            Text text = text();
            int at = start - 1;
            while (at > 0 && start - at < 32 && (isOfName(text.charAt(at)) || text.charAt(at) == ':')) {
                at--;
            }
            return at >= 0 && (text.charAt(at) == '<' || text.startsWith("&lt;", at - 3));
        }
    }

    private static int take(Place place, int at, Spans spans) {
        Value value = read(place, at);
        if (value.isEmpty() || !accepts(place, value)) {
            return place.end();
        }
        spans.add(Ranks.NAMED, value.start(), value.end(), place.name().kind());
        return value.end();
    }

    private static Value read(Place place, int at) {
        Text text = place.text();
        Matcher block = BLOCK.matcher(text).region(at, Math.min(text.length(), at + LONGEST_LINK));
        int start = block.lookingAt() ? block.end() : at;
        if (place.name() != SecretName.AUTHORIZATION) {
            return place.reader().at(start, place.form() == Link.Form.ELEMENT || place.form() == Link.Form.ATTRIBUTE);
        }
        Value whole = place.reader().at(start, false);
        int inner = whole.quoted() ? whole.start() : start;
        Matcher scheme = SCHEME.matcher(text).region(inner, Math.min(text.length(), inner + 32));
        if (!scheme.lookingAt()) {
            return whole;
        }
        return whole.quoted()
                ? new Value(text, scheme.end(), whole.end(), true)
                : place.reader().at(scheme.end(), false);
    }

    private static boolean accepts(Place place, Value value) {
        Text content = value.content();
        return fits(place, value) && !SecretValue.isHarmless(content) && !SecretValue.isFiller(content);
    }

    private static boolean fits(Place place, Value value) {
        Text content = value.content();
        boolean assigned = place.form() == Link.Form.ASSIGNED;
        return switch (place.name()) {
            case NONE -> false;
            case KEY -> place.form() != Link.Form.SPACED && SecretValue.looksRandom(content);
            case CODE -> assigned && SecretValue.isShortCode(content);
            case AUTHORIZATION -> assigned && content.length() >= 8 && !SecretValue.isPlainWord(content);
            case PASSWORD, SECRET, TOKEN -> acceptsCertain(place, value);
        };
    }

    private static boolean acceptsCertain(Place place, Value value) {
        Text content = value.content();
        return switch (place.form()) {
            case ASSIGNED -> value.quoted() ? !isForeignNumber(place, content) : acceptsBare(place, value);
            case SIBLING -> true;
            case LISTED -> value.quoted() && (place.isOption() || SecretValue.looksLikePassword(content));
            case ELEMENT -> place.isElement();
            case ATTRIBUTE -> SecretValue.looksLikePassword(content);
            case SPACED -> acceptsSpaced(place, value);
        };
    }

    private static boolean acceptsSpaced(Place place, Value value) {
        Text content = value.content();
        if (place.isOption()) {
            return content.length() > 3;
        }
        if (value.quoted() || (place.startsLine() && value.endsLine())) {
            return !SecretValue.isPlainWord(content) || (place.isNounBeforeSpace() && isToldByFailure(place, content));
        }
        return place.name() == SecretName.PASSWORD
                ? SecretValue.looksLikePassword(content)
                : SecretValue.looksRandom(content);
    }

    /** Counts of tokens and lengths of secrets are numbers; a password may be one. */
    private static boolean isForeignNumber(Place place, Text content) {
        return SecretValue.isNumber(content) && (place.name() != SecretName.PASSWORD || content.length() < 4);
    }

    private static boolean acceptsBare(Place place, Value value) {
        Text content = value.content();
        if (isForeignNumber(place, content) || content.length() < 4 || place.isInChain()) {
            return false;
        }
        return isAssignedBare(place, value) || isToldByFailure(place, content);
    }

    private static boolean isAssignedBare(Place place, Value value) {
        Text content = value.content();
        boolean tightly = place.text().charAt(value.start() - 1) == '=';
        if (SecretValue.isCode(content)) {
            return (tightly && SecretValue.isPlainWord(content)) || (value.endsLine() && isYaml(place, value));
        }
        return value.endsLine() || tightly || !SecretValue.isPlainWord(content);
    }

    private static boolean isToldByFailure(Place place, Text content) {
        return place.name() == SecretName.PASSWORD && FailureText.tells(place.text(), place.start(), content);
    }

    /** {@code name: value}, nothing before it on the line and nothing behind. */
    private static boolean isYaml(Place place, Value value) {
        Text text = place.text();
        int at = place.start() - 1;
        while (at >= 0 && (text.charAt(at) == ' ' || text.charAt(at) == '-')) {
            at--;
        }
        return (at < 0 || text.charAt(at) == '\n')
                && text.charAt(place.end()) == ':'
                && !SecretValue.isHarmless(value.content())
                && value.content().length() >= 6;
    }

    private static int told(ValueReader reader, int end, SecretName name, Spans spans) {
        if (name == SecretName.KEY || name == SecretName.NONE || name == SecretName.AUTHORIZATION) {
            return end;
        }
        Text text = reader.text();
        Matcher matcher = TOLD.matcher(text).region(end, Math.min(text.length(), end + LONGEST_LINK));
        if (!matcher.lookingAt()) {
            return end;
        }
        Value value = reader.at(matcher.end(), false);
        boolean secret = name == SecretName.CODE
                ? SecretValue.isShortCode(value.content())
                : SecretValue.looksLikePassword(value.content());
        if (secret) {
            spans.add(Ranks.NAMED, value.start(), value.end(), name.kind());
        }
        return secret ? value.end() : end;
    }
}
