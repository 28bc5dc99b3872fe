package dev.nuxari.server.redaction;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks into Base64: what holds a secret when decoded is a secret. Looks two layers deep. */
final class Encoded implements Finder {
    private static final Pattern RUN = Pattern.compile("(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{12,}+={0,2}");
    private static final Pattern USER_AND_PASSWORD = Pattern.compile("[^\\s:]{1,80}:[^\\s]{3,200}");
    private static final String KIND = "encoded-secret";
    private static final int LONGEST = 1 << 20;

    private final Finder inner;
    private final int layers;

    Encoded(Finder inner, int layers) {
        this.inner = inner;
        this.layers = layers;
    }

    @Override
    public void find(String text, Spans spans) {
        Matcher runs = RUN.matcher(text);
        while (runs.find()) {
            String decoded = decode(runs.group());
            if (!decoded.isEmpty() && (isBasic(text, runs.start(), decoded) || holdsSecret(decoded))) {
                spans.add(runs.start(), runs.end(), KIND);
            }
        }
    }

    private boolean holdsSecret(String decoded) {
        Spans found = new Spans();
        inner.find(decoded, found);
        if (found.isEmpty() && layers > 1) {
            new Encoded(inner, layers - 1).find(decoded, found);
        }
        return !found.isEmpty();
    }

    private static boolean isBasic(String text, int start, String decoded) {
        return text.regionMatches(true, start - 6, "basic ", 0, 6)
                && USER_AND_PASSWORD.matcher(decoded).matches();
    }

    /** The text behind Base64, or nothing if it is none. */
    private static String decode(String run) {
        String bare = run.replace('-', '+').replace('_', '/').replace("=", "");
        if (bare.length() > LONGEST
                || bare.length() % 4 == 1
                || !isText(bare.substring(0, Math.min(16, bare.length() & ~3)))) {
            return "";
        }
        return isText(bare) ? new String(Base64.getDecoder().decode(bare), ISO_8859_1) : "";
    }

    /** Whether this Base64 decodes to nothing but printable characters. */
    private static boolean isText(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException ignored) {
            return false;
        }
        for (byte one : bytes) {
            if ((one < ' ' && one != '\n' && one != '\r' && one != '\t') || one == 127) {
                return false;
            }
        }
        return true;
    }
}
