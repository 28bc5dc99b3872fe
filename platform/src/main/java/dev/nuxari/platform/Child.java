package dev.nuxari.platform;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A server process of ours. Unless it is to outlive us, the kernel ends it when this JVM ends, also by {@code kill -9}.
 * Its output goes to a log file.
 */
final class Child {
    /**
     * Linux sends the death signal when the <em>thread</em> that started the child ends. So one thread, which lives as
     * long as the JVM, starts them all.
     */
    private static final ExecutorService STARTER = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("child-starter").factory());

    private static final boolean LINUX = System.getProperty("os.name").startsWith("Linux");

    private final String name;
    private final Process process;
    private final Path log;
    private final long logStart;

    private Child(String name, Process process, Path log, long logStart) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.logStart = logStart;
    }

    /** What to start. {@code deathSignal} is the signal the child gets when we die, and when it is stopped. */
    record Order(
            String name,
            List<String> prefix,
            List<String> words,
            Map<String, String> environment,
            Path log,
            String deathSignal) {
        Order {
            prefix = List.copyOf(prefix);
            words = List.copyOf(words);
            environment = Map.copyOf(environment);
        }
    }

    static Child start(Order order, Lifetime lifetime) {
        List<String> words = new ArrayList<>();
        if (LINUX) {
            // Its own session, so that Ctrl-C in a terminal reaches us only and we stop things in order.
            words.add("setsid");
        }
        words.addAll(order.prefix());
        if (LINUX && lifetime == Lifetime.OURS) {
            // Last, because the kernel forgets the death signal when the process changes its user.
            words.addAll(List.of("setpriv", "--pdeathsig", order.deathSignal(), "--"));
        }
        words.addAll(order.words());
        try {
            Files.createDirectories(order.log().toAbsolutePath().getParent());
            long logStart = Files.exists(order.log()) ? Files.size(order.log()) : 0;
            ProcessBuilder builder = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(order.log().toFile()));
            builder.environment().putAll(order.environment());
            Process process = STARTER.submit(builder::start).get();
            process.getOutputStream().close();
            return new Child(order.name(), process, order.log(), logStart);
        } catch (ExecutionException e) {
            throw new PlatformFailure("Cannot start " + order.name() + ": " + String.valueOf(e.getCause()), e);
        } catch (IOException e) {
            throw PlatformFailure.of("start " + order.name(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformFailure("Interrupted while starting " + order.name(), e);
        }
    }

    String name() {
        return name;
    }

    long pid() {
        return process.pid();
    }

    Path log() {
        return log;
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Waits a moment; true when the process has ended meanwhile. */
    boolean endsWithin(Duration moment) {
        try {
            return process.waitFor(moment.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformFailure("Interrupted while waiting for " + name, e);
        }
    }

    /** Whether it has ended, and said that all is well. */
    boolean succeeded() {
        return !process.isAlive() && process.exitValue() == 0;
    }

    /** What it has written since this start. */
    String output() {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            // The end says why it died; a chatty server must not fill our memory.
            long from = Math.max(logStart, file.length() - 256 * 1024);
            file.seek(Math.min(from, file.length()));
            byte[] bytes = new byte[(int) (file.length() - file.getFilePointer())];
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /** Asks it to end with the signal, and insists after the given time. */
    void stop(String signal, Duration patience) {
        if (process.isAlive()) {
            Command.of("sh", "-c", "kill -" + signal + " " + process.pid()).succeeds();
        }
        if (!endsWithin(patience)) {
            process.destroyForcibly();
            endsWithin(Duration.ofSeconds(10));
        }
    }
}
