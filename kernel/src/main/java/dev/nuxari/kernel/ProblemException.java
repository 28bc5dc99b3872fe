package dev.nuxari.kernel;

/** The caller's mistake, or what the caller has to know; becomes a problem on the wire. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ProblemType type;

    /**
     * Creates a problem.
     *
     * @param detail what happened here and what to do about it; shown to the caller, so it holds no secret
     */
    public ProblemException(ProblemType type, String detail) {
        super(detail);
        this.type = type;
    }

    public ProblemType type() {
        return type;
    }
}
