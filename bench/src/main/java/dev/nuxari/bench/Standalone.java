package dev.nuxari.bench;

import dev.nuxari.kernel.Json;
import java.io.IOException;
import java.nio.file.Path;

/** Something to be measured that needs no running stack. */
interface Standalone {
    /** The name on the command line and in the results. */
    String name();

    /** Measures it in the checkout at {@code home}; the answer goes into the results as it is. */
    Json.Obj answer(Path home, Path folder) throws IOException, InterruptedException;
}
