package dev.nuxari.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An authority of the test's own, and a server's certificate by it, made by the JDK's keytool. */
final class TestCertificates {
    private static final String PASSWORD = "only for tests";

    /** Made once: the program takes its time. */
    static final TestCertificates OF_ALL_TESTS = inATemporaryFolder();

    private final Path folder;

    private static TestCertificates inATemporaryFolder() {
        try {
            Path folder = Files.createTempDirectory("nuxari-agent-tls");
            TestCertificates made = new TestCertificates(folder);
            folder.toFile().deleteOnExit();
            for (String name : List.of("ca.pem", "keys.p12")) {
                folder.resolve(name).toFile().deleteOnExit();
            }
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private TestCertificates(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        keytool("-genkeypair", "-alias", "ca", "-dname", "CN=Test CA", "-ext", "bc:c");
        keytool("-genkeypair", "-alias", "server", "-dname", "CN=localhost", "-ext", names(), "-signer", "ca");
        keytool("-exportcert", "-alias", "ca", "-rfc", "-file", authorities().toString());
    }

    /** Of this machine, and of the end of the cable that a network namespace of this process gets. */
    private static String names() {
        long id = ProcessHandle.current().pid() % 60_000;
        return "san=dns:localhost,ip:10.%d.%d.1".formatted(200 + id / 256 % 50, id % 256);
    }

    /** What an agent is given. */
    Path authorities() {
        return folder.resolve("ca.pem");
    }

    SSLContext server() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(folder.resolve("keys.p12"))) {
            store.load(file, PASSWORD.toCharArray());
        }
        store.deleteEntry("ca");
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private void keytool(String... words) throws IOException, InterruptedException {
        Path program = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = Stream.of(
                        Stream.of(program.toString()),
                        Stream.of(words),
                        Stream.of("-keystore", folder.resolve("keys.p12").toString(), "-storepass", PASSWORD),
                        List.of(words).contains("-genkeypair")
                                ? Stream.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2")
                                : Stream.<String>empty())
                .flatMap(part -> part)
                .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
