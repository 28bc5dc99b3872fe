package dev.nuxari.bench;

import dev.nuxari.kernel.Json;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** So many clients doing one thing again and again for a while. */
final class Load {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private Load() {}

    /** What one client does once; answers how long it took. */
    interface Turn {
        Duration take(int client);
    }

    /** A turn that is over when it returns. */
    static Turn timed(Runnable work) {
        return _ -> {
            long began = System.nanoTime();
            work.run();
            return Duration.ofNanos(System.nanoTime() - began);
        };
    }

    /** Rate and latencies, after a warm-up that is not counted. */
    static Json.Obj of(int clients, Duration warmUp, Duration counted, Turn turn) {
        run(clients, warmUp, turn);
        long began = System.nanoTime();
        long[] latencies = run(clients, counted, turn);
        return told(clients, latencies, (System.nanoTime() - began) / NANOS_PER_SECOND);
    }

    private static Json.Obj told(int clients, long[] latencies, double seconds) {
        return Json.object(
                "clients", clients,
                "turns", latencies.length,
                "seconds", rounded(seconds),
                "perSecond", rounded(latencies.length / seconds),
                "p50", millis(latencies, 0.50),
                "p95", millis(latencies, 0.95),
                "p99", millis(latencies, 0.99));
    }

    /**
     * The same for a work that is done so many times altogether, each time with the next number.
     *
     * @param first the first number
     */
    static Json.Obj times(int clients, int first, int times, IntConsumer work) {
        var next = new AtomicInteger(first);
        var latencies = new ConcurrentLinkedQueue<Long>();
        long began = System.nanoTime();
        atOnce(clients, _ -> {
            for (int i = next.getAndIncrement(); i < first + times; i = next.getAndIncrement()) {
                long start = System.nanoTime();
                work.accept(i);
                latencies.add(System.nanoTime() - start);
            }
        });
        return told(clients, sorted(latencies), (System.nanoTime() - began) / NANOS_PER_SECOND);
    }

    private static long[] run(int clients, Duration length, Turn turn) {
        var latencies = new ConcurrentLinkedQueue<Long>();
        long end = System.nanoTime() + length.toNanos();
        atOnce(clients, client -> {
            while (System.nanoTime() < end) {
                latencies.add(turn.take(client).toNanos());
            }
        });
        return sorted(latencies);
    }

    private static void atOnce(int clients, IntConsumer client) {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = IntStream.range(0, clients)
                    .<Future<?>>mapToObj(number -> executor.submit(() -> client.accept(number)))
                    .toList();
            for (Future<?> one : running) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a client failed", e);
        }
    }

    private static long[] sorted(Collection<Long> latencies) {
        return latencies.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    /** How long something took each time, in milliseconds. */
    static Json.Obj latencies(Collection<Long> nanos) {
        long[] latencies = sorted(nanos);
        return Json.object(
                "count", latencies.length,
                "p50", millis(latencies, 0.50),
                "p95", millis(latencies, 0.95),
                "p99", millis(latencies, 0.99),
                "longest", millis(latencies, 1));
    }

    private static double millis(long[] sorted, double share) {
        if (sorted.length == 0) {
            return 0;
        }
        int index = (int) Math.min(sorted.length - 1, Math.floor(share * sorted.length));
        return rounded(sorted[index] / NANOS_PER_MILLI);
    }

    /** To three places, for what lies between 0 and 1. */
    static double rounded3(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
