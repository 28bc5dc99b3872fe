package dev.nuxari.kernel;

import java.util.Locale;

/** Converts constants between Java ({@code SELF_APPROVAL}) and the wire and the database ({@code self-approval}). */
public final class Spelling {
    private Spelling() {}

    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Reads one spelled constant, to the letter: there are letters whose upper case is the one of another.
     *
     * @throws IllegalArgumentException if no constant of the type is spelled so
     */
    public static <E extends Enum<E>> E parse(Class<E> type, String spelled) {
        E constant = Enum.valueOf(type, spelled.toUpperCase(Locale.ROOT).replace('-', '_'));
        if (!of(constant).equals(spelled)) {
            throw new IllegalArgumentException("%s is spelled %s".formatted(type.getSimpleName(), of(constant)));
        }
        return constant;
    }
}
