package dev.nuxari.bench;

import dev.nuxari.kernel.Json;

/** Something to be measured. */
interface Question {
    /** The name on the command line and in the results. */
    String name();

    /** Measures it; the answer goes into the results as it is. */
    Json.Obj answer(Ground ground);
}
