package dev.nuxari.agent;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import java.io.IOException;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** The memory and the file it is in, which never say different things about what was done. */
final class Ledger {
    private final DurableFile file;
    private Memory memory;

    private Ledger(DurableFile file, Memory memory) {
        this.file = file;
        this.memory = memory;
    }

    /**
     * Opens what is there.
     *
     * @throws AgentFolder.Unusable if nothing is, or it is not what was written
     */
    static Ledger open(AgentFolder folder, Instant now) throws IOException {
        Json.Obj state = folder.require(folder.state(), now);
        try {
            return new Ledger(folder.state(), Memory.parse(state));
        } catch (JsonException e) {
            throw new AgentFolder.Unusable("%s is of another version of this agent: %s"
                    .formatted(folder.state().path(), e.getMessage()));
        }
    }

    Memory memory() {
        return memory;
    }

    /**
     * Remembers something else from now on.
     *
     * @throws IOException if it cannot be written down; then nothing has changed, and nothing may be done that needed it
     */
    void change(UnaryOperator<Memory> change) throws IOException {
        Memory changed = change.apply(memory);
        file.write(changed.json());
        memory = changed;
    }
}
