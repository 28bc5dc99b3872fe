package dev.nuxari.server.federation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.nuxari.kernel.Claim;
import dev.nuxari.server.federation.ForeignDocuments.Fetched;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An address that an administrator of an organization wrote may be one of our own network. */
@Claim("I1")
class ForeignDocumentsTest {
    private final ForeignDocuments strict = documents(List.of());
    private final ForeignDocuments trusting = documents(List.of("localhost"));

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    private static ForeignDocuments documents(List<String> trusted) {
        return new ForeignDocuments(
                new FederationConfig(URI.create("https://broker.example"), trusted, Duration.ofMillis(700)));
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/good", exchange -> {
            exchange.sendResponseHeaders(200, 4);
            exchange.getResponseBody().write("good".getBytes(UTF_8));
            exchange.close();
        });
        server.createContext("/elsewhere", exchange -> {
            exchange.getResponseHeaders().set("Location", "/good");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                byte[] block = new byte[65_536];
                for (int at = 0; at < 64; at++) {
                    body.write(block);
                }
            }
        });
        server.createContext("/drops", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                for (int at = 0; at < 100; at++) {
                    body.write('x');
                    body.flush();
                    Thread.sleep(Duration.ofMillis(100));
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Fetched fetched(ForeignDocuments by, String path) {
        return by.document(URI.create("http://localhost:" + server.getAddress().getPort() + path));
    }

    @Test
    void trustedHostIsAsked() {
        assertThat(fetched(trusting, "/good")).isEqualTo(new Fetched.Document(200, "good"));
        assertThat(fetched(strict, "/good")).isEqualTo(new Fetched.Failed(Finding.NOT_HTTPS));
    }

    @Test
    void redirectionIsNotFollowed() {
        assertThat(fetched(trusting, "/elsewhere")).isEqualTo(new Fetched.Failed(Finding.REDIRECTED));
    }

    @Test
    void documentHasAnEnd() {
        assertThat(fetched(trusting, "/endless")).isEqualTo(new Fetched.Failed(Finding.TOO_LARGE));
        assertThat(fetched(trusting, "/drops")).isEqualTo(new Fetched.Failed(Finding.TOO_SLOW));
    }

    @Test
    void otherAnswersAreSaid() {
        assertThat(fetched(trusting, "/nothing")).isEqualTo(new Fetched.Failed(Finding.WRONG_STATUS));
        server.stop(0);
        assertThat(fetched(trusting, "/good")).isEqualTo(new Fetched.Failed(Finding.UNREACHABLE));
        assertThat(strict.document(URI.create("https://nowhere.invalid/")))
                .isEqualTo(new Fetched.Failed(Finding.NO_SUCH_HOST));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://localhost/",
                "https://2130706433/",
                "https://10.1.2.3/",
                "https://192.168.1.1/",
                "https://172.16.0.1/",
                "https://169.254.169.254/latest/meta-data",
                "https://100.64.0.1/",
                "https://0.0.0.0/",
                "https://[::1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[fd00::1]/",
                "https://[fe80::1]/",
                "https://[64:ff9b::7f00:1]/",
                "https://[2002:7f00:1::]/"
            })
    void privateAddressIsNotAsked(String address) {
        assertThat(strict.document(URI.create(address))).isEqualTo(new Fetched.Failed(Finding.PRIVATE_ADDRESS));
        assertThat(strict.isAskable(URI.create(address))).isFalse();
    }

    @Test
    void onlyAllPublicIsPublic() throws UnknownHostException {
        InetAddress open = InetAddress.ofLiteral("93.184.215.14");
        assertThat(ForeignDocuments.isPublic(open, InetAddress.ofLiteral("2606:2800:21f::1")))
                .isTrue();
        assertThat(ForeignDocuments.isPublic(open, InetAddress.ofLiteral("127.0.0.1")))
                .isFalse();
        assertThat(ForeignDocuments.isPublic()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "ftp://idp.example/",
                "jar:https://idp.example/!/x",
                "https://user:secret@idp.example/",
                "https://idp.example/#x",
                "mailto:x@idp.example",
                "/relative"
            })
    void whatIsNoPlainHttpsAddressIsNone(String address) {
        assertThat(trusting.isPossible(URI.create(address))).isFalse();
    }
}
