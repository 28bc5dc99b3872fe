package dev.nuxari.server.redaction;

import org.jspecify.annotations.Nullable;

/**
 * What the name beside a value says about the value. Names are read as words ({@code clientSecret},
 * {@code CLIENT_SECRET} and {@code client-secret} are the same two), and the last word decides first:
 * {@code passwordPolicy}, {@code tokenEndpoint} and {@code credentialId} are no secrets.
 */
enum SecretName {
    /** Says nothing. */
    NONE(""),
    /** May name a secret: believed only when the value looks random. */
    KEY("key"),
    PASSWORD("password"),
    SECRET("secret"),
    TOKEN("token"),
    /** A short code, such as a PIN: believed only when the value has the form of one. */
    CODE("code"),
    AUTHORIZATION("authorization");

    private static final int LONGEST_NAME = 80;

    private final String kind;

    SecretName(String kind) {
        this.kind = kind;
    }

    String kind() {
        return kind;
    }

    /** Whether the name alone makes its value a secret. */
    boolean isCertain() {
        return this == PASSWORD || this == SECRET || this == TOKEN;
    }

    static SecretName of(String name) {
        return of(Text.of(name));
    }

    /** The same for the many names that mean nothing, without making anything of them. */
    static SecretName ofMember(String name) {
        return Scan.isQuiet(name, 0) ? NONE : of(Unfolding.all(name));
    }

    /** The first word that is certain decides, else the last that means anything; yet the last word of all may overrule it. */
    static SecretName of(Text name) {
        Text end = name.subSequence(Math.max(0, name.length() - LONGEST_NAME), name.length());
        SecretName best = NONE;
        Vocabulary.@Nullable Word previous = null;
        Vocabulary.@Nullable Word last = null;
        for (int start = Words.start(end, 0); start < end.length(); ) {
            int behind = Words.end(end, start);
            Vocabulary.Word word = Vocabulary.of(end, start, behind);
            if (word.isPublic()) {
                return NONE;
            }
            SecretName meant = meaning(word, previous);
            best = best.isCertain() || meant == NONE ? best : meant;
            previous = word;
            last = Character.isDigit(end.charAt(start)) ? last : word;
            start = Words.start(end, behind);
        }
        if (last == null || last.endsHarmless()) {
            return NONE;
        }
        return best.isCertain() && last.endsDoubtful() ? KEY : best;
    }

    private static SecretName meaning(Vocabulary.Word word, Vocabulary.@Nullable Word previous) {
        return word.isKey() && previous != null && previous.ownsKey() ? SECRET : word.meaning();
    }
}
