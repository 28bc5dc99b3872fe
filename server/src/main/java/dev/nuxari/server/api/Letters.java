package dev.nuxari.server.api;

/** What is shown of text that others have written, where it must not pass for something else. */
public final class Letters {
    private Letters() {}

    /** Whether a code point leaves a mark, and turns nothing of what stands around it. */
    public static boolean isVisible(int letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /** At most so many code points, and a sign that there were more. */
    public static String shortened(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most)) + "\u2026";
    }
}
