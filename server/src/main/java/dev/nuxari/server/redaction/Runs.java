package dev.nuxari.server.redaction;

/** Credentials without a literal in them: they are told by the lengths of their parts, so long runs of characters are looked at. */
final class Runs {
    private static final Shape DISCORD =
            Shape.at("discord-token", "[MNO][\\w-]{23,27}\\.[\\w-]{6}\\.[\\w!-]{27,44}(?![\\w-])");
    private static final Shape MAILGUN =
            Shape.at("mailgun-key", "(?<![-])[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}(?![0-9a-f-])");
    private static final int RANK = Ranks.PREFIXED - 1;
    /** Of the first part of a Discord token, and of the random part of a prefixed one. */
    private static final int SHORTEST = 24;

    private static final int MOST = 28;
    private static final int HEX = 32;
    private static final int GROUP = 9;

    private Runs() {}

    /** Whether the lengths fit; asked of every run, so it makes nothing. */
    static boolean mayHold(String content, int start, int end) {
        if (end - start < SHORTEST) {
            return false;
        }
        if (end < content.length() && content.charAt(end) == '.') {
            return true;
        }
        int group = start;
        boolean hex = false;
        for (int at = start; at < end; at++) {
            char c = content.charAt(at);
            if (c == '-' || c == '_') {
                hex |= at - group == HEX;
                group = at + 1;
            } else if (at - group >= SHORTEST - 1 && group > start) {
                return true;
            }
        }
        return hex;
    }

    static void find(Text text, int start, int end, Spans spans) {
        PrefixedTokens.find(text, start, end, spans);
        if (end < text.length() && text.charAt(end) == '.') {
            for (int at = Math.max(start, end - MOST); at <= end - SHORTEST; at++) {
                if ("MNO".indexOf(text.charAt(at)) >= 0) {
                    DISCORD.find(text, at, RANK, spans);
                }
            }
        }
        for (int dash = start + HEX; dash + 2 * GROUP <= end; dash++) {
            if (text.charAt(dash) == '-' && text.charAt(dash + GROUP) == '-') {
                MAILGUN.find(text, dash - HEX, RANK, spans);
            }
        }
    }
}
