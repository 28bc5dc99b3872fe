package dev.nuxari.keycloak.password;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * NIST SP 800-63B-4, section 3.1.1.2: long enough, counted in Unicode code points; no demand for kinds of characters; not known from
 * a breach, not made of the person's own data, not a few characters over and over.
 */
final class PasswordRule {
    /** Nobody types more; hashing more is work that a stranger could ask for. */
    static final int MOST = 256;

    private static final int FEWEST_DIFFERENT = 5;
    private static final int SHORTEST_WORD = 4;
    private static final int LEAST_BESIDE_PERSONAL = 8;

    private final int least;
    private final BreachedPasswords breached;

    PasswordRule(int least, BreachedPasswords breached) {
        this.least = least;
        this.breached = breached;
    }

    /**
     * What is wrong with a password, if anything is.
     *
     * @param personal names and addresses of whoever will have it; what is shorter than four characters does not count
     */
    Optional<Flaw> flaw(String password, Collection<String> personal) {
        int length = password.codePointCount(0, password.length());
        if (length < least) {
            return Optional.of(Flaw.TOO_SHORT);
        }
        if (length > MOST) {
            return Optional.of(Flaw.TOO_LONG);
        }
        if (isMonotonous(password.codePoints().toArray())) {
            return Optional.of(Flaw.MONOTONOUS);
        }
        if (beside(password, personal) < LEAST_BESIDE_PERSONAL) {
            return Optional.of(Flaw.PERSONAL);
        }
        return breached.contains(password) ? Optional.of(Flaw.BREACHED) : Optional.empty();
    }

    private static boolean isMonotonous(int[] characters) {
        long different = Arrays.stream(characters).distinct().count();
        long steps = IntStream.range(1, characters.length)
                .filter(i -> Math.abs(characters[i] - characters[i - 1]) == 1)
                .count();
        // 1234567890 counts up nine times in twelve characters, an ordinary sentence once or twice.
        return different < FEWEST_DIFFERENT || steps * 3 >= (characters.length - 1) * 2L;
    }

    /** How many characters remain when the person's own data is taken out. */
    private static int beside(String password, Collection<String> personal) {
        String rest = password.toLowerCase(Locale.ROOT);
        for (String text : personal) {
            for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1)) {
                if (word.length() >= SHORTEST_WORD) {
                    rest = rest.replace(word, "");
                }
            }
        }
        return rest.codePointCount(0, rest.length());
    }
}
