package dev.nuxari.server.api;

import org.jspecify.annotations.Nullable;

/**
 * A field of the body, or a parameter, whose value is not possible. Thrown by the constructor of a request record; becomes
 * the problem {@code invalid-field} that points to the field.
 */
public final class InvalidField extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String name;

    public InvalidField(String name, String detail) {
        super(detail);
        this.name = name;
    }

    /** The name as the wire spells it. */
    public String name() {
        return name;
    }

    /** The value of a field that must be there. */
    public static <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw new InvalidField(name, "is missing");
        }
        return value;
    }

    /** A text that must be there, must say something and must not be longer than this; without the blanks around it. */
    public static String text(String name, @Nullable String value, int longest) {
        String text = required(name, value).strip();
        if (text.isEmpty()) {
            throw new InvalidField(name, "is blank");
        }
        if (text.length() > longest) {
            throw new InvalidField(name, "is longer than " + longest + " characters");
        }
        return text;
    }
}
