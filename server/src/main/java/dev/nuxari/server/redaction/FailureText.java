package dev.nuxari.server.redaction;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Messages about something that went wrong repeat what they were given: {@code SQLException: refused, pwd: hunterhunter}. There
 * an ordinary word beside the name of a password is believed to be one, unless it says what is wrong with the password.
 */
final class FailureText {
    private static final int REACH = 160;
    private static final int SHORTEST = 6;
    private static final int LONGEST = 64;

    private static final List<String> CUES = List.of(
            "exception",
            "error",
            "caused by",
            "suppressed:",
            "panic:",
            "fatal",
            "failed",
            "failure",
            "denied",
            "refused",
            "rejected",
            "unauthorized",
            "cannot ",
            "could not ",
            "traceback");
    private static final Pattern WORDS = Pattern.compile("[A-Za-z]{1,64}(?:[-_][A-Za-z]{1,64}){0,5}");
    /** What is said of a password, by the way the word is made. */
    private static final Pattern STATE =
            Pattern.compile(".*(?:ed|ing|able|ible|tion|sion|less|ment|ity|ence|ance|ness|ized|ised|match)");

    private static final Set<String> STATES = Words.list(
            "must cannot should please has have does was are will is not no non too at for with your least most",
            "neither either before because during within without though unless except however already",
            "incorrect wrong absent blank short length minimum maximum between exceeds different identical similar",
            "malformed forbidden forgotten mistyped broken locked unset common weak unsafe insecure secure hidden",
            "contains matches character characters string number object array optional hash column field format",
            "policy update change failure problem timeout error code type class itself prompt strength");

    private FailureText() {}

    /** Whether the name at {@code name} stands in such a message, and the value beside it may be a password. */
    static boolean tells(Text text, int name, Text value) {
        return value.length() >= SHORTEST
                && value.length() <= LONGEST
                && WORDS.matcher(value).matches()
                && !saysWhatIsWrong(value)
                && isFailure(text, name);
    }

    /** {@code tooShort}, {@code not-found}: one word of it is enough. */
    private static boolean saysWhatIsWrong(Text value) {
        for (int start = Words.start(value, 0); start < value.length(); ) {
            int end = Words.end(value, start);
            Text word = value.subSequence(start, end);
            String lower = word.toString().toLowerCase(Locale.ROOT);
            if (SecretValue.isHarmless(word)
                    || STATES.contains(lower)
                    || STATE.matcher(lower).matches()) {
                return true;
            }
            start = Words.start(value, end);
        }
        return false;
    }

    /** On the line before the name, and not far from it. */
    private static boolean isFailure(Text text, int name) {
        String before = text.substring(Math.max(0, name - REACH), name);
        String line = before.substring(before.lastIndexOf('\n') + 1).toLowerCase(Locale.ROOT);
        return CUES.stream().anyMatch(line::contains);
    }
}
