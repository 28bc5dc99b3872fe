package dev.nuxari.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The mail server of development: a process, and a folder with a file for each mail. */
final class MailServer implements AutoCloseable {
    private static final String TERMINATE = "TERM";
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);

    private final Child child;
    private final int port;

    private MailServer(Child child, int port) {
        this.child = child;
        this.port = port;
    }

    /** Returns when it takes mails. */
    static MailServer start(Path folder, int port, Path log, Lifetime lifetime) {
        Ports.requireFree(port, "the mail server");
        Child child = Child.start(
                new Child.Order("the mail server", List.of(), command(folder, port), Map.of(), log, TERMINATE),
                lifetime);
        MailServer started = new MailServer(child, port);
        started.awaitReady();
        return started;
    }

    private static List<String> command(Path folder, int port) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=16m",
                "-cp",
                System.getProperty("java.class.path"),
                MailSinkProcess.class.getName(),
                folder.toAbsolutePath().toString(),
                Integer.toString(port));
    }

    private void awaitReady() {
        long deadline = System.nanoTime() + STARTS_WITHIN.toNanos();
        while (!answers()) {
            boolean over = System.nanoTime() > deadline;
            if (over || child.endsWithin(Duration.ofMillis(30))) {
                close();
                throw new PlatformFailure("The mail server does not start (log: " + child.log() + ")");
            }
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException _) {
            return false;
        }
    }

    long pid() {
        return child.pid();
    }

    @Override
    public void close() {
        child.stop(TERMINATE, Duration.ofSeconds(10));
    }
}
