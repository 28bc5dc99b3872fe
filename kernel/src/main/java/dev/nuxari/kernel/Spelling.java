package dev.nuxari.kernel;

import java.util.Locale;

/** Converts constants between Java ({@code SELF_APPROVAL}) and the wire and the database ({@code self-approval}). */
public final class Spelling {
    private Spelling() {}

    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Reads one spelled constant.
     *
     * @throws IllegalArgumentException if no constant of the type is spelled so
     */
    public static <E extends Enum<E>> E parse(Class<E> type, String spelled) {
        return Enum.valueOf(type, spelled.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
