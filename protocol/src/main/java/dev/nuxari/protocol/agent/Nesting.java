package dev.nuxari.protocol.agent;

/** How deep a text is nested, told before anything is made of it. */
final class Nesting {
    static final int DEEPEST = 16;

    private Nesting() {}

    /** The depth of objects and arrays in each other, if the text is JSON. */
    static int of(String text) {
        int deepest = 0;
        int depth = 0;
        boolean inString = false;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (inString && character == '\\') {
                i++;
            } else if (character == '"') {
                inString = !inString;
            } else if (!inString) {
                depth += step(character);
                deepest = Math.max(deepest, depth);
            }
        }
        return deepest;
    }

    private static int step(char character) {
        return switch (character) {
            case '{', '[' -> 1;
            case '}', ']' -> -1;
            default -> 0;
        };
    }
}
