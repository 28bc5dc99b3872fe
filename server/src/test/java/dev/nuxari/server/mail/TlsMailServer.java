package dev.nuxari.server.mail;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.subethamail.smtp.helper.BasicMessageListener;
import org.subethamail.smtp.server.SMTPServer;

/** A mail server on the loopback address with a certificate of its own making. */
final class TlsMailServer implements AutoCloseable {
    private static final char[] PASSWORD = "of-no-importance".toCharArray();

    private final List<String> recipients = new CopyOnWriteArrayList<>();
    private final SMTPServer server;

    private TlsMailServer(SMTPServer.Builder builder) {
        this.server = builder.bindAddress(InetAddress.getLoopbackAddress())
                .hostName("localhost")
                .messageHandler((BasicMessageListener) (_, _, recipient, _) -> recipients.add(recipient))
                .build();
        server.start();
    }

    /** Offers to go on in TLS, and takes mails without it, too: it is the client that demands it. */
    static TlsMailServer startTls(Certificate certificate) {
        return new TlsMailServer(SMTPServer.port(0).enableTLS().startTlsSocketFactory(certificate.serving()));
    }

    /** Speaks TLS from the first byte. */
    static TlsMailServer implicitTls(Certificate certificate) {
        return new TlsMailServer(SMTPServer.port(0).serverSocketFactory(certificate.serving()));
    }

    static TlsMailServer plain() {
        return new TlsMailServer(SMTPServer.port(0).hideTLS());
    }

    int port() {
        return server.getPortAllocated();
    }

    /** To whom mails have come. */
    List<String> recipients() {
        return List.copyOf(recipients);
    }

    @Override
    public void close() {
        server.stop();
    }

    /** A self-signed certificate with its key. The JDK's own tool makes it. */
    record Certificate(KeyStore store) {
        static Certificate of(String subjectAlternativeName) {
            try {
                Path file = Files.createTempDirectory("mail-certificate").resolve("key.p12");
                Process tool = new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "key",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=mail",
                                "-ext",
                                "san=" + subjectAlternativeName,
                                "-keystore",
                                file.toString(),
                                "-storepass",
                                new String(PASSWORD))
                        .redirectErrorStream(true)
                        .start();
                String output = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (tool.waitFor() != 0) {
                    throw new IllegalStateException(output);
                }
                return new Certificate(read(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        private static KeyStore read(Path file) throws IOException, GeneralSecurityException {
            try (InputStream bytes = Files.newInputStream(file)) {
                KeyStore keys = KeyStore.getInstance("PKCS12");
                keys.load(bytes, PASSWORD);
                return keys;
            }
        }

        private SSLContext serving() {
            try {
                KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                keys.init(store, PASSWORD);
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(keys.getKeyManagers(), null, null);
                return context;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Of somebody who trusts this certificate, and no other. */
        SSLSocketFactory trusted() {
            try {
                KeyStore known = KeyStore.getInstance("PKCS12");
                known.load(null, null);
                known.setCertificateEntry("mail", store.getCertificate("key"));
                TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                trust.init(known);
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, trust.getTrustManagers(), null);
                return context.getSocketFactory();
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
