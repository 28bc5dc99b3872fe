package dev.nuxari.agent;

import dev.nuxari.kernel.JsonException;
import java.util.regex.Pattern;

/** What a token looks like from outside. The rest of it is the server's business. */
final class Tokens {
    private static final Pattern FORM = Pattern.compile("[!-~]{10,256}");

    private Tokens() {}

    /**
     * The token, if it is one.
     *
     * @throws JsonException if not
     */
    static String require(String token, String prefix) {
        if (!token.startsWith(prefix) || !FORM.matcher(token).matches()) {
            throw new JsonException("/token", "a token begins with " + prefix);
        }
        return token;
    }
}
