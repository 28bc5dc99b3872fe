package dev.nuxari.cli.api;

/** Nothing answered, or not what was asked for: the network, the server or this machine is in the way. */
public final class Unreachable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Unreachable(String message) {
        super(message);
    }

    public Unreachable(String message, Throwable cause) {
        super(message, cause);
    }
}
