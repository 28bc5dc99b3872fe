package dev.nuxari.agent.rehearsal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Speaks with one agent of this machine, over TLS 1.3, until it has asked for packages a few times. */
public final class Rehearsal {
    private static final int POLLS = 4;
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int LONGEST_LINE = 8192;
    private static final int LARGEST_BODY = 1 << 20;

    private final PlatformOfAMoment platform = new PlatformOfAMoment();
    private int polls;

    private Rehearsal() {}

    /**
     * Listens, and writes where and with which keys.
     *
     * @param words a folder with {@code keys.p12}, and the password of that; {@code server} is written there
     */
    public static void main(String[] words) throws IOException, GeneralSecurityException {
        Path folder = Path.of(words[0]);
        SSLContext tls = context(folder.resolve("keys.p12"), words[1].toCharArray());
        InetAddress here = InetAddress.getLoopbackAddress();
        try (SSLServerSocket listener =
                (SSLServerSocket) tls.getServerSocketFactory().createServerSocket(0, 5, here)) {
            listener.setSoTimeout(PATIENCE_MILLIS);
            Rehearsal rehearsal = new Rehearsal();
            List<String> lines =
                    List.of("https://localhost:" + listener.getLocalPort(), rehearsal.platform.fingerprint());
            Path written = Files.write(folder.resolve("server.new"), lines);
            Files.move(written, folder.resolve("server"), StandardCopyOption.ATOMIC_MOVE);
            while (rehearsal.polls < POLLS) {
                try (SSLSocket agent = (SSLSocket) listener.accept()) {
                    agent.setSoTimeout(PATIENCE_MILLIS);
                    rehearsal.converse(agent);
                } catch (EOFException e) {
                    // It has hung up, and may come again.
                }
            }
        }
    }

    private static SSLContext context(Path keys, char[] password) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(keys)) {
            store.load(file, password);
        }
        store.deleteEntry("ca");
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    private void converse(SSLSocket agent) throws IOException {
        InputStream in = new BufferedInputStream(agent.getInputStream());
        OutputStream out = agent.getOutputStream();
        while (polls < POLLS) {
            String path = line(in).split(" ", 3)[1];
            skipBody(in);
            byte[] body = platform.answer(path).canonicalBytes();
            out.write(
                    ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n")
                            .getBytes(US_ASCII));
            out.write(body);
            out.flush();
            polls += path.contains("/packages?") ? 1 : 0;
        }
    }

    private static void skipBody(InputStream in) throws IOException {
        int length = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        if (length > LARGEST_BODY || in.readNBytes(length).length < length) {
            throw new EOFException("no whole body");
        }
    }

    private static String line(InputStream in) throws IOException {
        byte[] line = new byte[LONGEST_LINE];
        int length = 0;
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || length == LONGEST_LINE) {
                throw new EOFException("no whole line");
            }
            line[length] = (byte) next;
            length++;
        }
        return new String(line, 0, length, UTF_8).strip();
    }
}
