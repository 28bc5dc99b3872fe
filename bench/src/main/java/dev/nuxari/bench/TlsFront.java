package dev.nuxari.bench;

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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** Ends TLS in front of a server, as an operator's proxy does, and tells when somebody has said something for the first time. */
final class TlsFront implements AutoCloseable {
    private static final String PASSWORD = "only-for-measuring";

    private final Path folder;
    private final int port;
    private final SSLServerSocket listener;
    private final BlockingQueue<Long> firstWords = new LinkedBlockingQueue<>();

    /** In front of a port of this machine. */
    TlsFront(Path folder, int port) throws IOException, InterruptedException {
        this.folder = folder;
        this.port = port;
        Files.createDirectories(folder);
        keytool("-genkeypair", "-alias", "ca", "-dname", "CN=Measured", "-ext", "bc:c");
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
        keytool("-exportcert", "-alias", "ca", "-rfc", "-file", authorities().toString());
        try {
            this.listener = (SSLServerSocket)
                    context().getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no TLS", e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    Path authorities() {
        return folder.resolve("ca.pem");
    }

    URI url() {
        return URI.create("https://localhost:" + listener.getLocalPort());
    }

    void forgetFirstWords() {
        firstWords.clear();
    }

    /** The nanosecond in which the next new connection has said something. */
    long awaitFirstWord() throws InterruptedException {
        Long first = firstWords.poll(30, TimeUnit.SECONDS);
        if (first == null) {
            throw new IllegalStateException("nobody came");
        }
        return first;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket near = listener.accept();
                Thread.ofVirtual().start(() -> connect(near));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void connect(Socket near) {
        try (near;
                Socket far = new Socket(InetAddress.getLoopbackAddress(), port)) {
            Thread.ofVirtual().start(() -> pump(far, near, false));
            pump(near, far, true);
        } catch (IOException _) {
            // One of the two is gone.
        }
    }

    private void pump(Socket from, Socket to, boolean told) {
        byte[] buffer = new byte[16 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            boolean first = told;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (first) {
                    firstWords.add(System.nanoTime());
                    first = false;
                }
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException _) {
            // One of the two has hung up.
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

    private void keytool(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(words));
        command.addAll(List.of("-keystore", folder.resolve("keys.p12").toString(), "-storepass", PASSWORD));
        if (List.of(words).contains("-genkeypair")) {
            command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
        }
        int result = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (result != 0) {
            throw new IllegalStateException("keytool ended with " + result);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException _) {
            // It is closed.
        }
    }
}
