package dev.nuxari.server.keys;

/** What was sealed cannot be opened: another key, another context, or changed bytes. Always a defect or an attack. */
public final class SealBroken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SealBroken(String message) {
        super(message);
    }

    SealBroken(String message, Throwable cause) {
        super(message, cause);
    }
}
