package dev.nuxari.server.api;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.MDC;

/** Ties an answer to the server's log. It is no secret, and says nothing about the caller. */
final class TraceId {
    static final String KEY = "traceId";
    private static final int BYTES = 16;

    private TraceId() {}

    /** Begins a trace on this thread. */
    static void begin() {
        byte[] random = new byte[BYTES];
        ThreadLocalRandom.current().nextBytes(random);
        MDC.put(KEY, HexFormat.of().formatHex(random));
    }

    static void end() {
        MDC.remove(KEY);
    }

    static String current() {
        String current = MDC.get(KEY);
        return current == null ? "none" : current;
    }
}
