package dev.nuxari.kernel;

/** Text of others as it fits into a message of ours. */
public final class Brief {
    private static final int LONGEST = 300;

    private Brief() {}

    /** The text, or its beginning and an ellipsis. Never ends within a character. */
    public static String of(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 2)) ? LONGEST - 2 : LONGEST - 1;
        return text.substring(0, end) + "…";
    }
}
