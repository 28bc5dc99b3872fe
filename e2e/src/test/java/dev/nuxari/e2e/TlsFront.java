package dev.nuxari.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * Ends TLS in front of a node, as a proxy of the operator does, with a certificate by an authority of its own. The stack speaks plain
 * HTTP, and an agent speaks TLS 1.3 only.
 */
final class TlsFront implements AutoCloseable {
    private static final String PASSWORD = "only for tests";

    private final Path folder;
    private final SSLServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    TlsFront(Path folder) {
        this.folder = folder;
        try {
            keytool("-genkeypair", "-alias", "ca", "-dname", "CN=Test CA", "-ext", "bc:c");
            keytool(
                    "-genkeypair",
                    "-alias",
                    "server",
                    "-dname",
                    "CN=localhost",
                    "-ext",
                    "san=dns:localhost",
                    "-signer",
                    "ca");
            keytool(
                    "-exportcert",
                    "-alias",
                    "ca",
                    "-rfc",
                    "-file",
                    authorities().toString());
            this.listener = (SSLServerSocket)
                    context().getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
            listener.setEnabledProtocols(new String[] {"TLSv1.3"});
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no TLS", e);
        }
    }

    /** What an agent is told to believe. */
    Path authorities() {
        return folder.resolve("ca.pem");
    }

    URI url() {
        return URI.create("https://localhost:" + listener.getLocalPort());
    }

    /** From now on, what comes goes to that port. */
    void leadTo(int port) {
        Thread.ofVirtual().start(() -> accept(port));
    }

    /** As a network that fails for a moment: whoever waits for an answer has to ask again. */
    void hangUp() {
        open.forEach(this::closeQuietly);
    }

    private void accept(int port) {
        while (!listener.isClosed()) {
            try {
                Socket near = listener.accept();
                open.add(near);
                Thread.ofVirtual().start(() -> connect(near, port));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void connect(Socket near, int port) {
        try {
            Socket far = new Socket(InetAddress.getLoopbackAddress(), port);
            open.add(far);
            Thread.ofVirtual().start(() -> pump(near, far));
            Thread.ofVirtual().start(() -> pump(far, near));
        } catch (IOException e) {
            closeQuietly(near);
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[16 * 1024];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException e) {
            // One of the two has hung up.
        } finally {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private void closeQuietly(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed.
        }
    }

    private SSLContext context() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(folder.resolve("keys.p12"))) {
            store.load(file, PASSWORD.toCharArray());
        }
        store.deleteEntry("ca");
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private void keytool(String... words) {
        List<String> key = List.of(words).contains("-genkeypair")
                ? List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2")
                : List.of();
        Program.Ended ended = Program.other(Stream.of(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString()),
                        Stream.of(words),
                        Stream.of("-keystore", folder.resolve("keys.p12").toString(), "-storepass", PASSWORD),
                        key.stream())
                .flatMap(part -> part)
                .toArray(String[]::new));
        if (ended.code() != 0) {
            throw new IllegalStateException(ended.out() + ended.notes());
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        open.forEach(this::closeQuietly);
    }
}
