package dev.nuxari.bench;

import dev.nuxari.kernel.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Somebody who goes on reading the console's pages, from its beginning until it is closed. */
final class Reader implements AutoCloseable {
    private static final List<String> PAGES =
            List.of("/agents?limit=50", "/requests?limit=50", "/findings?limit=50", "/accounts?limit=50");
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Client client;
    private final List<Long> nanos = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private final Thread thread;
    private volatile boolean over;

    Reader(Client client) {
        this.client = client;
        this.thread = Thread.ofPlatform().daemon().start(this::read);
    }

    private void read() {
        for (int i = 0; !over; i++) {
            long began = System.nanoTime();
            try {
                client.load(PAGES.get(i % PAGES.size()));
                nanos.add(System.nanoTime() - began);
            } catch (IllegalStateException e) {
                errors.add(String.valueOf(e.getMessage()));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** Ends it; what it was given. */
    Json.Obj answer() {
        close();
        return Json.object(
                "pages",
                Load.latencies(nanos),
                "errors",
                errors.size(),
                "firstErrors",
                errors.stream().limit(3).toList());
    }

    @Override
    public void close() {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
