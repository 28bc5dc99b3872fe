package dev.nuxari.kernel;

/**
 * A text that is not the JSON we accept, or a JSON value that is not what its reader needs. The message begins with the
 * place, either {@code position 12} (UTF-16 units from the start of the text) or a JSON pointer (RFC 6901).
 */
public final class JsonException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String place;
    private final String reason;

    public JsonException(String place, String reason) {
        super(place + ": " + reason);
        this.place = place;
        this.reason = reason;
    }

    /** The same, seen from the object that holds the value this one was found in. */
    public JsonException within(String pointer) {
        return new JsonException(pointer + place, reason);
    }

    /** What is wrong there. */
    public String reason() {
        return reason;
    }

    /** Where it went wrong, for example {@code /plan/steps/0/operation}. */
    public String place() {
        return place;
    }
}
