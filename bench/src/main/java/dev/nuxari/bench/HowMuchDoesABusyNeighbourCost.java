package dev.nuxari.bench;

import dev.nuxari.kernel.Json;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * A simple read of one organization, alone and beside another one that asks for all it can get: 64 clients that read the
 * longest pages and write to their log, without a pause. All in one run; the clients share the processors with the server.
 */
final class HowMuchDoesABusyNeighbourCost implements Question {
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration SETTLED = Duration.ofSeconds(5);
    private static final Duration COUNTED = Duration.ofSeconds(15);
    private static final int BUSY_CLIENTS = 64;
    private static final List<String> LONG_PAGES = List.of(
            "/assignments?book=observed&limit=200",
            "/accounts?limit=200",
            "/entitlements?limit=200",
            "/requests?limit=200");

    @Override
    public String name() {
        return "fairness";
    }

    @Override
    public Json.Obj answer(Ground ground) {
        Client quiet = ground.ofTheSecond("admin");
        Load.Turn read = Load.timed(() -> quiet.load("/accounts?limit=50"));
        try (Neighbour warm = new Neighbour(ground.as("admin"))) {
            Load.of(4, Duration.ZERO, WARM_UP, read);
        }
        Json.Obj aloneOne = Load.of(1, SETTLED, COUNTED, read);
        Json.Obj aloneFour = Load.of(4, SETTLED, COUNTED, read);
        double loadAverage = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        try (Neighbour busy = new Neighbour(ground.as("admin"))) {
            Json.Obj besideOne = Load.of(1, SETTLED, COUNTED, read);
            Json.Obj besideFour = Load.of(4, SETTLED, COUNTED, read);
            return Json.object(
                    "busyClients",
                    BUSY_CLIENTS,
                    "busyTurnsPerSecond",
                    busy.perSecond(),
                    "loadAverageBefore",
                    Load.rounded(loadAverage),
                    "oneClient",
                    compared(aloneOne, besideOne),
                    "fourClients",
                    compared(aloneFour, besideFour));
        }
    }

    private static Json.Obj compared(Json.Obj alone, Json.Obj beside) {
        return Json.object(
                "alone",
                alone,
                "besideTheBusyOne",
                beside,
                "p95Ratio",
                Load.rounded(beside.number("p95") / alone.number("p95")));
    }

    /** Asks and asks, until it is closed. */
    private static final class Neighbour implements AutoCloseable {
        private final AtomicBoolean over = new AtomicBoolean();
        private final LongAdder turns = new LongAdder();
        private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
        private final long began = System.nanoTime();
        private final List<? extends Future<?>> running;

        Neighbour(Client client) {
            running = IntStream.range(0, BUSY_CLIENTS)
                    .mapToObj(number -> clients.submit(() -> ask(client, number)))
                    .toList();
        }

        private void ask(Client client, int number) {
            for (int turn = number; !over.get(); turn++) {
                int kind = turn % (LONG_PAGES.size() + 1);
                if (kind == LONG_PAGES.size()) {
                    // Refused, because there is no such entitlement, and that is written down.
                    client.attempt(
                            "/requests",
                            Json.object("entitlementId", UUID.randomUUID().toString(), "justification", "measured"));
                } else {
                    client.load(LONG_PAGES.get(kind));
                }
                turns.increment();
            }
        }

        double perSecond() {
            return Load.rounded(turns.sum() / ((System.nanoTime() - began) / 1e9));
        }

        @Override
        public void close() {
            over.set(true);
            try {
                for (Future<?> client : running) {
                    client.get();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            } catch (ExecutionException e) {
                throw new IllegalStateException("a client failed", e);
            } finally {
                clients.close();
            }
        }
    }
}
