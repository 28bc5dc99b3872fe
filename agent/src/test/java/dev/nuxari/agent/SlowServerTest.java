package dev.nuxari.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.nuxari.agent.Server.Question;
import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.transparency.Ed25519PrivateKey;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server, or something on the way to it, that answers and does not come to the end of it: the agent is not held by that. */
@Claim("E4")
@Timeout(20)
class SlowServerTest {
    private static final int LENGTH = 100_000;
    private static final Duration PATIENCE = Duration.ofMillis(800);

    private final CountDownLatch over = new CountDownLatch(1);
    private HttpsServer http;
    private Server server;

    @BeforeEach
    void start() throws Exception {
        http = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setHttpsConfigurator(new HttpsConfigurator(TestCertificates.OF_ALL_TESTS.server()));
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/agent/v1/", this::answer);
        http.start();
        server = server(new Stop());
    }

    private Server server(Stop stop) throws IOException {
        Identity.Connection connection = new Identity.Connection(
                URI.create("https://localhost:" + http.getAddress().getPort()),
                Optional.empty(),
                Optional.of(TestCertificates.OF_ALL_TESTS.authorities().toString()),
                Optional.empty());
        return new Server(connection, Ed25519PrivateKey.generate(new SecureRandom()), InstantSource.system(), stop);
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.close();
        http.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String how = exchange.getRequestURI().getPath().substring("/agent/v1/".length());
        try (OutputStream body = exchange.getResponseBody()) {
            switch (how) {
                case "at-once" -> {
                    byte[] good = Json.object("v", 1).canonicalBytes();
                    exchange.sendResponseHeaders(200, good.length);
                    body.write(good);
                }
                case "byte-by-byte" -> {
                    exchange.sendResponseHeaders(200, LENGTH);
                    for (int i = 0; i < LENGTH && !isOver(Duration.ofMillis(20)); i++) {
                        body.write(' ');
                        body.flush();
                    }
                }
                case "half" -> {
                    exchange.sendResponseHeaders(200, LENGTH);
                    body.write(new byte[LENGTH / 2]);
                    body.flush();
                    isOver(Duration.ofMinutes(1));
                }
                default -> isOver(Duration.ofMinutes(1));
            }
        }
    }

    private boolean isOver(Duration wait) {
        try {
            return over.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private Json.Obj ask(String how, Duration patience) throws Exception {
        return server.ask(new Question("GET", how, Optional.empty(), patience), "DPoP", "nxa_token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"byte-by-byte", "half", "nothing"})
    void answerWithoutAnEndIsGivenUp(String how) throws Exception {
        assertThatThrownBy(() -> ask(how, PATIENCE)).isInstanceOf(HttpTimeoutException.class);

        assertThat(ask("at-once", Duration.ofSeconds(15))).isEqualTo(Json.object("v", 1));
    }

    @Test
    void answerThatIsWaitedForIsGivenUpWhenTheEndIsWanted() throws Exception {
        Stop stop = new Stop();
        try (Server ending = server(stop)) {
            Thread.ofVirtual().start(() -> {
                isOver(PATIENCE);
                stop.want();
            });
            Question question = new Question("GET", "half", Optional.empty(), Duration.ofMinutes(2));

            assertThatThrownBy(() -> ending.ask(question, "DPoP", "nxa_token")).isInstanceOf(Stop.GivenUp.class);
            assertThatThrownBy(() -> ending.ask(question, "DPoP", "nxa_token")).isInstanceOf(Stop.GivenUp.class);
        }
    }
}
