package dev.nuxari.platform;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;

/** Something on this machine is in the way. The message is one line for a person: what happened, and what to do. */
public final class PlatformFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PlatformFailure(String message) {
        super(oneLine(message));
    }

    public PlatformFailure(String message, Throwable cause) {
        super(oneLine(message), cause);
    }

    /** Names the disk when the disk is the reason, and otherwise what was being done. */
    static PlatformFailure of(String doing, IOException cause) {
        return of(doing, cause.getClass().getSimpleName() + ": ", cause);
    }

    /** The same for what the database refused. */
    static PlatformFailure of(String doing, SQLException cause) {
        return of(doing, "", cause);
    }

    private static PlatformFailure of(String doing, String kind, Exception cause) {
        String reason = String.valueOf(cause.getMessage());
        if (isFullDisk(reason)) {
            return new PlatformFailure(
                    "The disk is full: cannot " + doing + ". Free some space and start again.", cause);
        }
        return new PlatformFailure("Cannot " + doing + ": " + kind + reason, cause);
    }

    static boolean isFullDisk(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.contains("no space left on device") || lower.contains("disk quota exceeded");
    }

    private static String oneLine(String message) {
        return message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
