package dev.nuxari.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands between the server and a governed directory. It can cut the line, and it can keep the directory's answer to a
 * change to itself, so that the change has happened and the server does not know.
 */
final class Wiretap implements AutoCloseable {
    /** The tag of a ModifyRequest (RFC 4511, section 4.6). */
    private static final int MODIFY = 0x66;

    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicReference<CountDownLatch> holding = new AtomicReference<>(new CountDownLatch(0));
    private final CountDownLatch changed = new CountDownLatch(1);
    private volatile boolean cut;
    private volatile boolean closed;

    Wiretap(int target) {
        this.target = target;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException("no free port", e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The governed system is down: every connection breaks, and every new one at once. */
    void cut() {
        cut = true;
        open.forEach(Wiretap::closeQuietly);
    }

    void mend() {
        cut = false;
    }

    /** From now on, the answer to a change is not passed on; the latch opens when a change has been passed on. */
    CountDownLatch holdAnswerToChange() {
        holding.set(new CountDownLatch(1));
        return changed;
    }

    /** Whoever still waits gets nothing: their connection breaks. */
    void release() {
        open.forEach(Wiretap::closeQuietly);
        holding.getAndSet(new CountDownLatch(0)).countDown();
    }

    private void accept() {
        while (!closed) {
            try {
                Socket near = listener.accept();
                if (cut) {
                    closeQuietly(near);
                } else {
                    connect(near);
                }
            } catch (IOException e) {
                return;
            }
        }
    }

    private void connect(Socket near) {
        try {
            Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(near);
            open.add(far);
            AtomicBoolean hold = new AtomicBoolean();
            Thread.ofVirtual().start(() -> pump(near, far, bytes -> noteChange(bytes, hold)));
            Thread.ofVirtual().start(() -> pump(far, near, _ -> keepIfHeld(hold)));
        } catch (IOException e) {
            closeQuietly(near);
        }
    }

    /** Looks at what passes. */
    private interface Look {
        void at(byte[] bytes) throws InterruptedException;
    }

    private void pump(Socket from, Socket to, Look look) {
        byte[] buffer = new byte[64 * 1024];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                byte[] bytes = Arrays.copyOf(buffer, read);
                look.at(bytes);
                out.write(bytes);
                out.flush();
            }
        } catch (IOException e) {
            // One of the two has hung up.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closeQuietly(from);
            closeQuietly(to);
            open.remove(from);
            open.remove(to);
        }
    }

    private void noteChange(byte[] bytes, AtomicBoolean hold) {
        if (holding.get().getCount() > 0 && isModify(bytes)) {
            hold.set(true);
        }
    }

    private void keepIfHeld(AtomicBoolean hold) throws InterruptedException {
        if (hold.get()) {
            changed.countDown();
            holding.get().await();
        }
    }

    /** SEQUENCE { INTEGER messageId, [APPLICATION 6] … }; lengths may take several bytes. */
    private static boolean isModify(byte[] message) {
        int at = 1 + lengthBytes(message, 1);
        if (at + 2 >= message.length || message[at] != 0x02) {
            return false;
        }
        at += 2 + message[at + 1];
        return at < message.length && (message[at] & 0xff) == MODIFY;
    }

    private static int lengthBytes(byte[] message, int at) {
        return at < message.length && (message[at] & 0x80) != 0 ? 1 + (message[at] & 0x7f) : 1;
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is as closed as it can be.
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        listener.close();
        release();
    }
}
