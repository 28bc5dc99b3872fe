package dev.nuxari.server.leaks;

import dev.nuxari.kernel.Json;

/**
 * A governed system whose people have written secrets wherever there was room, and whose errors tell more of them. The requester
 * has an account in it; {@code readers} can be granted, {@code locked} cannot.
 */
interface LadenSystem extends AutoCloseable {
    /** What registering it takes. */
    Json.Obj registration(String name);

    /** The same with a credential that is refused, in more words than necessary. */
    Json.Obj refusedRegistration(String name);

    /** The same with a credential that may not look around, and is told so at length. */
    Json.Obj blindRegistration(String name);

    @Override
    void close();
}
