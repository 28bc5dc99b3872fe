package dev.nuxari.server.federation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A key and its self-signed certificate, as providers of SAML have them. The JDK's own tool makes it. */
record SigningKey(PrivateKey key, X509Certificate certificate) {
    private static final String PASSWORD = "of-no-importance";

    static SigningKey of(String name, String... options) {
        try {
            Path folder = Files.createTempDirectory("signing-key");
            Path store = folder.resolve("key.p12");
            List<String> words = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "key",
                    "-keyalg",
                    "RSA",
                    "-keysize",
                    "2048",
                    "-dname",
                    "CN=" + name,
                    "-keystore",
                    store.toString(),
                    "-storepass",
                    PASSWORD));
            words.addAll(List.of(options));
            Process tool = new ProcessBuilder(words).redirectErrorStream(true).start();
            String output = new String(tool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (tool.waitFor() != 0) {
                throw new IllegalStateException(output);
            }
            return read(store);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static SigningKey read(Path store) throws IOException {
        try (InputStream bytes = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(bytes, PASSWORD.toCharArray());
            return new SigningKey((PrivateKey) keys.getKey("key", PASSWORD.toCharArray()), (X509Certificate)
                    keys.getCertificate("key"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String base64() {
        try {
            return Base64.getEncoder().encodeToString(certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
