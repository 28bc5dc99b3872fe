package dev.nuxari.agent.action;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A Unix socket that leads to the real PostgreSQL of the tests, which listens on TCP only. What it hears is kept. */
final class SocketOfPostgres implements AutoCloseable {
    private final ServerSocketChannel server;
    private final int port;
    private final StringBuilder heard = new StringBuilder();

    SocketOfPostgres(Path socket, int port) throws IOException {
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        this.port = port;
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(this::accept);
    }

    synchronized String heard() {
        return heard.toString();
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = server.accept();
                Socket database = new Socket(InetAddress.getLoopbackAddress(), port);
                Thread.ofVirtual()
                        .start(() -> pump(Channels.newInputStream(client), out(database), database, client, true));
                Thread.ofVirtual()
                        .start(() -> pump(in(database), Channels.newOutputStream(client), database, client, false));
            }
        } catch (ClosedChannelException e) {
            // the test is over
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream in(Socket socket) {
        try {
            return socket.getInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OutputStream out(Socket socket) {
        try {
            return socket.getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void pump(InputStream from, OutputStream to, Socket one, SocketChannel other, boolean listens) {
        byte[] part = new byte[8192];
        try (one;
                other) {
            for (int length = from.read(part); length >= 0; length = from.read(part)) {
                if (listens) {
                    hear(part, length);
                }
                to.write(part, 0, length);
                to.flush();
            }
        } catch (IOException e) {
            // the other side has gone
        }
    }

    private synchronized void hear(byte[] part, int length) {
        heard.append(new String(part, 0, length, java.nio.charset.StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
