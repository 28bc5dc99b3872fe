package dev.nuxari.platform;

import dev.nuxari.kernel.Json;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process we started, as a file remembers it. The time it was started at tells it from a stranger that got the same
 * number later.
 */
public record OwnProcess(String name, long pid, long startedAt) {

    /** The process of that number, which runs now. */
    public static OwnProcess of(String name, long pid) {
        return new OwnProcess(
                name, pid, ProcessHandle.of(pid).map(OwnProcess::startOf).orElse(0L));
    }

    static OwnProcess of(Json.Obj json) {
        return new OwnProcess(json.string("name"), json.integer("pid"), json.integer("startedAt"));
    }

    Json.Obj json() {
        return Json.object("name", name, "pid", pid, "startedAt", startedAt);
    }

    /** The process, if it still runs. */
    public Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::startedThen);
    }

    /** Sends the signal, and kills what has not ended in time. */
    void stop(String signal, Duration patience) {
        handle().ifPresent(process -> {
            Command.of("sh", "-c", "kill -" + signal + " " + pid).succeeds();
            if (!ends(process, patience)) {
                process.destroyForcibly();
                ends(process, Duration.ofSeconds(10));
            }
        });
    }

    private static boolean ends(ProcessHandle process, Duration patience) {
        CompletableFuture<ProcessHandle> exit = process.onExit();
        try {
            exit.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a process is no failure", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The kernel derives the time of a start from that of the boot, which moves a little when the clock is set. */
    private boolean startedThen(ProcessHandle process) {
        return Math.abs(startOf(process) - startedAt) <= 2_000;
    }

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(start -> start.toEpochMilli()).orElse(0L);
    }
}
