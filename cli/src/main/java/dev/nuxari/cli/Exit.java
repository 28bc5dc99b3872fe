package dev.nuxari.cli;

/** What the exit code of the command line says. */
enum Exit {
    DONE(0),
    REFUSED(1),
    USAGE(2),
    UNREACHABLE(3),
    /** Nothing is wrong, and what was asked for is not there to be seen. */
    NOT_SHOWN(4);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
