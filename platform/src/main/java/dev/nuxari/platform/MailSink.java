package dev.nuxari.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.helper.BasicMessageListener;
import org.subethamail.smtp.server.SMTPServer;

/**
 * A mail server on the loopback address that delivers nothing: each mail becomes a file that any mail program opens, named by
 * number and recipient. For development, and for tests.
 */
public final class MailSink implements AutoCloseable {
    private static final int LARGEST = 1024 * 1024;

    private final Path folder;
    private final SMTPServer server;
    private final AtomicInteger taken;

    private MailSink(Path folder, int port) {
        this.folder = folder;
        this.taken = new AtomicInteger(count(folder));
        this.server = SMTPServer.port(port)
                .bindAddress(InetAddress.getLoopbackAddress())
                .hostName("localhost")
                .maxMessageSize(LARGEST)
                .connectionTimeout(30, TimeUnit.SECONDS)
                .messageHandler((BasicMessageListener) this::keep)
                .build();
    }

    /**
     * Starts one.
     *
     * @param folder where the mails are put
     * @param port 0 for any
     */
    public static MailSink start(Path folder, int port) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw PlatformFailure.of("make the folder for mails " + folder, e);
        }
        MailSink sink = new MailSink(folder, port);
        sink.server.start();
        return sink;
    }

    public int port() {
        return server.getPortAllocated();
    }

    private static int count(Path folder) {
        try (var files = Files.list(folder)) {
            return Math.toIntExact(files.count());
        } catch (IOException e) {
            throw PlatformFailure.of("read the folder for mails " + folder, e);
        }
    }

    /** Under another name until it is whole, so that nobody reads half a mail. */
    private void keep(MessageContext from, String sender, String recipient, byte[] mail) throws RejectException {
        String name = "%04d-%s".formatted(taken.incrementAndGet(), recipient.replaceAll("[^A-Za-z0-9.@_-]", "_"));
        try {
            Path part = Files.write(folder.resolve(name + ".part"), mail);
            Files.move(part, folder.resolve(name + ".eml"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new RejectException(452, "the mail cannot be kept");
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
