package dev.nuxari.server.redaction;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a value looks like on its own. Looks at no more than the first few hundred characters of it. */
final class SecretValue {
    private static final int ENOUGH = 400;

    private static final Pattern PLACEHOLDER = Pattern.compile("(?i)"
            + "\\$\\{.*|\\$\\(.*|\\{\\{.*|\\$\\d|\\$[a-z_]\\w{0,60}(?:::?\\w{0,60})?|%[a-z_]\\w{0,60}%|%\\(?\\w{1,40}\\)?[sd]?"
            + "|<[^<>]{0,100}>?|\\[[^\\[\\]]{0,60}\\]?|@[a-z_.]{1,60}@|#\\{.*|__\\w{1,60}__"
            + "|[*•.x_0-]{1,200}|[*•]{3}.{0,20}|\\.{3}.{0,40}"
            + "|(?:your|my|the|some|any|enter|insert|replace|put|example|dummy|fake)[_ -][a-z_ -]{1,60}|.{0,30}your[_-].{1,40}|.{1,60}[_-]here"
            + "|.{0,8}\\*\\*\\*\\*.{0,8}");
    private static final Pattern REFERENCE = Pattern.compile("(?i)"
            + "(?:vault|env|file|ref|secret|secrets|kms|ssm|sops|keychain|keyring|op|arn|aws-sm|gcp-sm|akv|classpath)"
            + "(?::|\\+)[a-z0-9/._:+-].*"
            + "|(?:https?|ldaps?|urn|jdbc|mailto|otpauth|ftp|ssh|git):.*"
            + "|(?:process\\.env|os\\.environ|system\\.getenv|os\\.getenv|env|config|settings|var|local|data|secrets?"
            + "|module|each|self|this|args|params|options|props|ctx|context|req|request|response)[.\\[(].*");
    private static final Pattern PATH = Pattern.compile(
            "(?:~|\\.{1,2}|[A-Za-z]:)?[/\\\\](?:[A-Za-z_.-]{1,40}\\d{0,4}[/\\\\]){0,12}(?:[A-Za-z_-]{0,40}\\d{0,4}(?:\\.[\\w-]{1,12}){0,3})");
    private static final Pattern CALL = Pattern.compile("[A-Za-z_$][\\w.$:>-]{0,80}\\((?:.*)");
    private static final Pattern CODE_NAME = Pattern.compile("[A-Za-z_$][A-Za-z_$]{0,60}(?:[.][A-Za-z_$]{1,60}){0,6}");
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern HEX = Pattern.compile("(?:0x)?[0-9a-fA-F]{8,512}");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2}(?:[T ].*)?|P(?:\\d{1,6}[YMWD]|T\\d).*");
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,18}(?:[.,]\\d{1,9})?(?:%|[a-zA-Z]{1,3})?");
    /** {@code SHA-256}, {@code PBKDF2}, {@code TLS1.3}, {@code AES-256-GCM}: names of standards, not passwords. */
    private static final Pattern STANDARD =
            Pattern.compile("[A-Za-z]{1,8}[-_/]?\\d{1,5}(?:[-./_][A-Za-z0-9]{1,5}){0,3}");

    private static final Pattern RANDOM = Pattern.compile("[A-Za-z0-9+/_=~.|$%!-]{16,}");
    private static final Pattern FILE = Pattern.compile(".{1,300}\\.[a-z]{2,5}\\d?");
    private static final Pattern SHORT_CODE = Pattern.compile("\\d{3}[ -]?\\d{3}|\\d{4,10}|[A-Z2-7]{16,64}");

    private static final Set<String> PLAIN = Words.list(
            "true false yes no on off null none nil undefined nan n/a na unset string str text number",
            "int integer boolean bool object array byte bytes char varchar password passwd secret",
            "token passphrase credential credentials bearer basic digest required optional missing",
            "invalid expired revoked active changed unchanged hidden masked redacted removed filtered",
            "encrypted unknown empty default value example placeholder todo tbd same-origin include",
            "omit plain pass key refresh_token access_token id_token client_credentials optional[str]",
            "any void self this new static final public private return if and or refresh access jwt",
            "oauth oauth2 saml opaque rotated valid ok failed inherit");
    private static final int LONGEST_PLAIN =
            PLAIN.stream().mapToInt(String::length).max().orElseThrow();
    /** Words that make a sentence about a secret out of a value; a passphrase is made of nouns. */
    private static final Set<String> PROSE = Words.list(
            "must is not at least be the a an required invalid should cannot can has have with for to",
            "of your does was are in or and will");

    private SecretValue() {}

    /** Stands where a secret would stand, and is none: a variable, a mask, a path, a reference, a keyword. */
    static boolean isHarmless(Text value) {
        Text head = head(value).strip();
        return head.length() < 2
                || head.startsWith(Spans.MARK, 0)
                || isPlain(head)
                || PLACEHOLDER.matcher(head).matches()
                || REFERENCE.matcher(head).matches()
                || PATH.matcher(head).matches()
                || TIME.matcher(head).matches()
                || isProse(head);
    }

    private static boolean isPlain(Text head) {
        return head.length() <= LONGEST_PLAIN && PLAIN.contains(head.toString().toLowerCase(Locale.ROOT));
    }

    /** An unquoted value that is a piece of a program, such as a variable or a call. */
    static boolean isCode(Text value) {
        Text head = head(value);
        return CALL.matcher(head).matches() || CODE_NAME.matcher(head).matches();
    }

    static boolean isNumber(Text value) {
        return NUMBER.matcher(head(value)).matches();
    }

    static boolean isShortCode(Text value) {
        return SHORT_CODE.matcher(head(value)).matches();
    }

    /** A word, a number or a name, as they stand in any sentence. */
    static boolean isPlainWord(Text value) {
        Text head = head(value);
        return head.chars().allMatch(c -> Character.isLetter(c) || c == '-' || c == '_' || c == '\'' || c == '/')
                && !isRandomlyCapitalised(head);
    }

    /** {@code kgaReqEKqZLu}: capitals rise more often than words would begin. */
    private static boolean isRandomlyCapitalised(Text head) {
        int rises = 0;
        for (int i = 1; i < head.length(); i++) {
            if (Character.isUpperCase(head.charAt(i)) != Character.isUpperCase(head.charAt(i - 1))) {
                rises++;
            }
        }
        return rises >= 4 && head.length() < rises * 2.8 && head.indexOf(' ', 0) < 0;
    }

    /** Chosen by a person or a generator to be hard to guess: mixes letters with digits or inner symbols. */
    static boolean looksLikePassword(Text value) {
        Text head = head(value);
        if (head.length() < 6 || isHarmless(head) || isTechnical(head)) {
            return false;
        }
        boolean letters = head.chars().anyMatch(Character::isLetter);
        boolean digits = head.chars().anyMatch(Character::isDigit);
        boolean symbols = head.chars().limit(head.length() - 1L).skip(1).anyMatch(c -> "!?#$%^&*+=~|".indexOf(c) >= 0);
        boolean address = head.indexOf('@', 0) > 0 && head.indexOf('.', head.indexOf('@', 0)) > 0;
        return letters && (digits || symbols || isRandomlyCapitalised(head)) && !address;
    }

    private static boolean isTechnical(Text head) {
        return isNumber(head)
                || STANDARD.matcher(head).matches()
                || CALL.matcher(head).matches();
    }

    /** Random by its characters. Hashes and UUIDs are random too, but public: they do not count. */
    static boolean looksRandom(Text value) {
        Text head = head(value);
        if (head.length() < 16
                || !mixes(head)
                || !RANDOM.matcher(head).matches()
                || UUID.matcher(head).matches()
                || HEX.matcher(head).matches()) {
            return false;
        }
        return !FILE.matcher(head).matches() && !isHarmless(head) && entropy(head) >= (head.length() < 24 ? 3.2 : 3.6);
    }

    /** Whether letters and digits stand among each other, unlike in a name with a number at its end. */
    private static boolean mixes(Text head) {
        int changes = 0;
        for (int i = 1; i < head.length(); i++) {
            char before = head.charAt(i - 1);
            char here = head.charAt(i);
            boolean word = Character.isLetterOrDigit(before) && Character.isLetterOrDigit(here);
            if (word && Character.isDigit(before) != Character.isDigit(here)) {
                changes++;
            }
        }
        return changes >= 2;
    }

    /** Bits for each character, as counted in the value itself. */
    static double entropy(Text value) {
        int[] counts = new int[128];
        int length = Math.min(value.length(), ENOUGH);
        for (int i = 0; i < length; i++) {
            counts[Math.min(value.charAt(i), 127)]++;
        }
        double bits = 0;
        for (int count : counts) {
            if (count > 0) {
                double share = (double) count / length;
                bits -= share * Math.log(share) / Math.log(2);
            }
        }
        return bits;
    }

    /** Made of the filler people write for a token they do not show: {@code xxxx}, {@code 1111}, {@code 12312312}. */
    static boolean isFiller(Text body) {
        int distinctDigits =
                (int) body.chars().filter(Character::isDigit).distinct().count();
        boolean onlyFill = body.chars().allMatch(c -> "xX*-_.=~…".indexOf(c) >= 0 || Character.isDigit(c));
        return (onlyFill && distinctDigits <= 3 && body.length() >= 6) || isMonotonous(body) || endsInExample(body);
    }

    private static boolean isMonotonous(Text body) {
        int[] counts = new int[128];
        int length = Math.min(body.length(), ENOUGH);
        int most = 0;
        for (int i = 0; i < length; i++) {
            char c = Character.toLowerCase(body.charAt(i));
            if ("x*0123456789".indexOf(c) >= 0) {
                most = Math.max(most, ++counts[c]);
            }
        }
        return length >= 8 && most >= 0.65 * length;
    }

    private static boolean endsInExample(Text body) {
        return body.length() > 8 && body.startsWith("EXAMPLE", body.length() - 7);
    }

    private static boolean isProse(Text head) {
        String[] words = head.toString().toLowerCase(Locale.ROOT).split("\\s+", 12);
        return words.length >= 3 && Arrays.stream(words).anyMatch(PROSE::contains);
    }

    private static Text head(Text value) {
        return value.subSequence(0, Math.min(value.length(), ENOUGH));
    }
}
