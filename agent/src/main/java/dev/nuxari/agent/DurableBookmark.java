package dev.nuxari.agent;

import dev.nuxari.agent.observe.Journal;
import dev.nuxari.kernel.Json;
import java.io.IOException;
import java.util.Optional;

/** Where the reading of the host's journal goes on. One that is corrupt is none: whoever begins anew says that there is a gap. */
record DurableBookmark(DurableFile file) implements Journal.Bookmark {
    @Override
    public Optional<Json.Obj> read() throws IOException {
        return file.read() instanceof DurableFile.Content.Read(Json.Obj place) ? Optional.of(place) : Optional.empty();
    }

    @Override
    public void write(Json.Obj place) throws IOException {
        file.write(place);
    }
}
