package dev.nuxari.agent.observe;

import dev.nuxari.protocol.agent.Summary;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Looks at one side of the host from time to time. It changes nothing, starts no shell, and says what it saw in summaries only. */
public interface Collector {
    /** Its name on the wire. */
    String source();

    int version();

    Duration every();

    /** Looks. What it reads through the files is kept as evidence. */
    List<Summary> look(HostFiles files, Instant now) throws IOException;
}
