package dev.nuxari.agent.observe;

/** Patterns in which a star stands for any letters. It takes no longer than the two lengths multiplied. */
final class Stars {
    private Stars() {}

    static boolean match(String pattern, String text) {
        boolean[] reached = new boolean[text.length() + 1];
        reached[0] = true;
        for (int at = 0; at < pattern.length(); at++) {
            char letter = pattern.charAt(at);
            boolean[] next = new boolean[text.length() + 1];
            next[0] = letter == '*' && reached[0];
            for (int i = 1; i < next.length; i++) {
                next[i] = letter == '*' ? reached[i] || next[i - 1] : reached[i - 1] && text.charAt(i - 1) == letter;
            }
            reached = next;
        }
        return reached[text.length()];
    }
}
