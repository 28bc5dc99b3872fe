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

    /** What was logged about logins, of which the beginning is kept; empty where no journal is to be had. */
    public Optional<String> journal(Instant from, Instant until) {
        return Program.at(journalctl)
                                .ask(List.of(
                                        "--facility=auth,authpriv",
                                        "--since=@" + from.getEpochSecond(),
                                        "--until=@" + until.getEpochSecond(),
                                        "--output=short",
                                        "--quiet",
                                        "--no-pager",
                                        "--lines=2000"))
                        instanceof Ended.Well(String said)
                ? Optional.of(said)
                : Optional.empty();
    }
}
