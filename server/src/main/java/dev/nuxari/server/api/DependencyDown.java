package dev.nuxari.server.api;

/** Something that the server needs for this request does not answer; the caller may try again. */
public final class DependencyDown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The same where nothing was thrown: what the other side answered is of no use. */
    public DependencyDown(String message) {
        super(message);
    }

    /** Creates the failure; its message is logged, the caller sees a 503 without it. */
    public DependencyDown(String message, Throwable cause) {
        super(message, cause);
    }
}
