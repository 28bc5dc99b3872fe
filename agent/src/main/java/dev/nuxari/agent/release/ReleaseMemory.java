package dev.nuxari.agent.release;

import dev.nuxari.kernel.Json;
import java.io.IOException;
import java.util.Optional;

/** What is known of the repository of releases, on disk. */
public interface ReleaseMemory {
    /**
     * What was written last; empty if nothing was.
     *
     * @throws ReleaseRefused if something was, and it is not what is there
     */
    Optional<Json.Obj> read() throws IOException;

    void write(Json.Obj known) throws IOException;
}
