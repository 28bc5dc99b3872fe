package dev.nuxari.server.access;

import org.jspecify.annotations.Nullable;

/** Patterns for ILIKE, whose escape character is the backslash. */
final class Like {
    private Like() {}

    /** Matches whatever contains the text; what has a meaning in patterns means itself. Absent for a blank text. */
    static @Nullable String containing(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String escaped = text.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        return "%" + escaped + "%";
    }
}
