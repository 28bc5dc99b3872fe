package dev.nuxari.cli;

/** The command was called in a way it cannot mean. */
final class Usage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Usage(String message) {
        super(message);
    }
}
