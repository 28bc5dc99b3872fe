package dev.nuxari.platform;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** Stands for the server where the real one is not built yet: becomes ready, or ends with the words of its settings. */
final class FakeServer {
    private FakeServer() {}

    public static void main(String[] arguments) throws IOException {
        String dying = System.getenv("LAST_WORDS");
        if (dying != null) {
            System.err.println(
                    "***\nAPPLICATION FAILED TO START\n***\n\nDescription:\n\n" + dying + "\n\nAction:\n\nNone.");
            System.exit(1);
        }
        int port = List.of(arguments).stream()
                .filter(argument -> argument.startsWith("--server.port="))
                .mapToInt(argument -> Integer.parseInt(argument.substring(argument.indexOf('=') + 1)))
                .findFirst()
                .orElseThrow();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/health/ready", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }
}
