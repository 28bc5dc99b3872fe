package dev.nuxari.agent;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.transparency.Ed25519PrivateKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

@Claim("E3")
class ThroughAProxyTest {
    /** A proxy that opens tunnels, and remembers to where. */
    private static final class Proxy implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        private final List<String> tunnels = new CopyOnWriteArrayList<>();

        Proxy() throws IOException {
            Thread.ofVirtual().start(() -> {
                while (!socket.isClosed()) {
                    try {
                        Socket client = socket.accept();
                        Thread.ofVirtual().start(() -> tunnel(client));
                    } catch (IOException e) {
                        return; // the test is over
                    }
                }
            });
        }

        private void tunnel(Socket client) {
            try (client) {
                BufferedReader lines = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII), 1);
                String request = lines.readLine();
                while (!lines.readLine().isEmpty()) {
                    // The headers say nothing that matters here.
                }
                tunnels.add(request);
                int port = Integer.parseInt(request.replaceFirst("CONNECT localhost:(\\d+) .*", "$1"));
                try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    client.getOutputStream().write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(US_ASCII));
                    Thread back = Thread.ofVirtual().start(() -> copy(server, client));
                    copy(client, server);
                    back.interrupt();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void copy(Socket from, Socket to) {
            try {
                from.getInputStream().transferTo(to.getOutputStream());
                to.shutdownOutput();
            } catch (IOException e) {
                // One side has gone.
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void agentReachesItsServerThroughAProxy() throws Exception {
        try (PlatformServer platform = new PlatformServer();
                Proxy proxy = new Proxy()) {
            Identity.Connection connection = new Identity.Connection(
                    platform.address(),
                    Optional.of("127.0.0.1:" + proxy.socket.getLocalPort()),
                    Optional.of(platform.authorities().toString()),
                    Optional.empty());
            Ed25519PrivateKey key = Ed25519PrivateKey.generate(new SecureRandom());
            try (Server server = new Server(connection, key, InstantSource.system())) {
                Json.Obj answer = server.ask(Server.Question.get("keys"), "Bearer", PlatformServer.ENROLMENT_TOKEN);

                assertThat(answer.string("organizationId"))
                        .isEqualTo(platform.platform.organization().toString());
                assertThat(proxy.tunnels).singleElement().asString().startsWith("CONNECT localhost:");
            }
        }
    }
}
