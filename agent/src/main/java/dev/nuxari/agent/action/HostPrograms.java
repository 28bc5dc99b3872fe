package dev.nuxari.agent.action;

import dev.nuxari.agent.action.Program.Ended;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Programs of the host that are asked for what no file says. */
public record HostPrograms(Path journalctl) {
    /** Where Debian has them. */
    public static final HostPrograms DEBIAN = new HostPrograms(Path.of("/usr/bin/journalctl"));

    /** What is read of a journal at once, at most: some ten thousand lines. */
    public static final int MOST_OF_A_JOURNAL = 4 * 1024 * 1024;

    /** Of logins since a moment, an object a line, the oldest first; empty where no journal is to be had. */
    public Optional<String> journalSince(Instant from) {
        return journal("--since=@" + from.getEpochSecond());
    }

    /** From an entry on, which comes first if the journal still has it; empty too where it cannot look for it. */
    public Optional<String> journalFrom(String cursor) {
        return journal("--cursor=" + cursor);
    }

    private Optional<String> journal(String where) {
        return Program.at(journalctl)
                                .beginning(
                                        MOST_OF_A_JOURNAL,
                                        List.of(
                                                "--facility=auth,authpriv",
                                                where,
                                                "--output=json",
                                                "--output-fields=MESSAGE,SYSLOG_IDENTIFIER,SYSLOG_PID,_PID",
                                                "--quiet",
                                                "--no-pager"))
                        instanceof Ended.Well(String said)
                ? Optional.of(said)
                : Optional.empty();
    }
}
