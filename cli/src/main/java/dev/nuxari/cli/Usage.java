package dev.nuxari.cli;

import dev.nuxari.cli.terminal.Table;

/** The command was called in a way it cannot mean. Its message may quote a file of somebody else's. */
final class Usage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Usage(String message) {
        super(Table.harmless(message));
    }
}
