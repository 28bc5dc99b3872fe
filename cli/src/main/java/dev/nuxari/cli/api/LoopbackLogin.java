package dev.nuxari.cli.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Signs in with a browser that comes back to a port of this machine (RFC 8252, section 7.3). */
public final class LoopbackLogin {
    private final Broker broker;
    private final Duration patience;

    public LoopbackLogin(Broker broker, Duration patience) {
        this.broker = broker;
        this.patience = patience;
    }

    /** Hands the address to begin at to whoever opens browsers, and waits for the browser to come back. */
    public Session.Tokens signIn(Consumer<URI> browser) {
        Pkce pkce = Pkce.fresh();
        String state = Pkce.unguessable();
        CompletableFuture<Map<String, String>> answer = new CompletableFuture<>();
        HttpServer listener = listen(answer);
        try {
            String redirect = "http://127.0.0.1:" + listener.getAddress().getPort() + "/callback";
            browser.accept(broker.authorization(redirect, pkce, state));
            Map<String, String> query = await(answer);
            if (!state.equals(query.get("state"))) {
                throw new Unreachable("The answer of the sign-in belongs to another attempt. Sign in again.");
            }
            String code = query.get("code");
            if (code == null) {
                throw new Unreachable("The sign-in did not succeed: " + query.getOrDefault("error", "no code") + ".");
            }
            return broker.exchange(code, redirect, pkce);
        } finally {
            listener.stop(0);
        }
    }

    private static HttpServer listen(CompletableFuture<Map<String, String>> answer) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/callback", exchange -> receive(exchange, answer));
            server.start();
            return server;
        } catch (IOException e) {
            throw new Unreachable(
                    "Cannot open a port on this machine for the browser to come back to. Try --device.", e);
        }
    }

    private static void receive(HttpExchange exchange, CompletableFuture<Map<String, String>> answer)
            throws IOException {
        byte[] page = "<!doctype html><title>Nuxari</title><p>You can close this window and return to the terminal."
                .getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
        exchange.sendResponseHeaders(200, page.length);
        exchange.getResponseBody().write(page);
        exchange.close();
        answer.complete(query(exchange.getRequestURI()));
    }

    private static Map<String, String> query(URI uri) {
        Map<String, String> query = new HashMap<>();
        String raw = uri.getRawQuery();
        for (String pair : (raw == null ? "" : raw).split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), UTF_8));
            }
        }
        return query;
    }

    private Map<String, String> await(CompletableFuture<Map<String, String>> answer) {
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new Unreachable("The browser did not come back within " + patience.toMinutes() + " minutes.", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the listener completes with an answer only", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreachable("Interrupted while waiting for the browser.", e);
        }
    }
}
