package dev.nuxari.agent;

import dev.nuxari.kernel.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Which servers are the right one: by name and authority, and by key where one is pinned. */
final class ServerTrust extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager authorities;
    private final Optional<String> pin;

    private ServerTrust(X509ExtendedTrustManager authorities, Optional<String> pin) {
        this.authorities = authorities;
        this.pin = pin;
    }

    /**
     * Connections to be trusted so.
     *
     * @throws IOException if the file with the authorities cannot be read
     */
    static SSLContext context(Identity.Connection connection) throws IOException {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store(connection.authorities()));
            X509ExtendedTrustManager usual = Stream.of(factory.getTrustManagers())
                    .filter(X509ExtendedTrustManager.class::isInstance)
                    .map(X509ExtendedTrustManager.class::cast)
                    .findFirst()
                    .orElseThrow();
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(null, new TrustManager[] {new ServerTrust(usual, connection.pin())}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificates cannot be used: " + e.getMessage(), e);
        }
    }

    /** Null for what the host trusts; with a file, only that. */
    private static @Nullable KeyStore store(Optional<String> file) throws IOException, GeneralSecurityException {
        if (file.isEmpty()) {
            return null;
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(Path.of(file.get()))) {
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("authority " + number, certificate);
                number++;
            }
        }
        return store;
    }

    private void requirePinned(X509Certificate[] chain) throws CertificateException {
        String key = Base64.getEncoder()
                .encodeToString(Sha256.of(chain[0].getPublicKey().getEncoded()));
        if (pin.filter(pinned -> !pinned.equals(key)).isPresent()) {
            throw new CertificateException("the server's key is %s, another one is pinned".formatted(key));
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        authorities.checkServerTrusted(chain, type, engine);
        requirePinned(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        authorities.checkServerTrusted(chain, type, socket);
        requirePinned(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        authorities.checkServerTrusted(chain, type);
        requirePinned(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw nobody();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw nobody();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw nobody();
    }

    private static CertificateException nobody() {
        return new CertificateException("nobody connects to an agent");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.getAcceptedIssuers();
    }
}
