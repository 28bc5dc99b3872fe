package dev.nuxari.server.leaks;

import java.util.List;

/** Requests that no container understands: what it says of them goes into its log, and into its answer. */
final class Rubbish {
    private static final String END = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";

    private Rubbish() {}

    static void send(Canaries canaries, Wire wire) {
        for (Kind kind : List.of(Kind.GITHUB_TOKEN, Kind.WEBHOOK_URL, Kind.CONNECTION_STRING)) {
            String target = text(canaries, "request target", kind);
            wire.sendRaw("request target", "GET /api/{" + target + "}" + END + "\r\n");
            String method = text(canaries, "method", kind);
            wire.sendRaw("method", method + " /api/v1/me" + END + "\r\n");
            String header = text(canaries, "name of a header", kind);
            wire.sendRaw("name of a header", "GET /api/v1/me" + END + "(" + header + "): x\r\n\r\n");
            String value = text(canaries, "header with a control character", kind);
            wire.sendRaw("header", "GET /api/v1/me" + END + "X-Note: \u0001" + value + "\r\n\r\n");
            String host = text(canaries, "host", kind);
            wire.sendRaw("host", "GET /api/v1/me HTTP/1.1\r\nHost: {" + host + "}\r\n\r\n");
            String protocol = text(canaries, "protocol", kind);
            wire.sendRaw("protocol", "GET /api/v1/me " + protocol + "\r\n\r\n");
            String length = text(canaries, "length", kind);
            wire.sendRaw("length", "POST /logout" + END + "Content-Length: " + length + "\r\n\r\n");
            String coding = text(canaries, "transfer coding", kind);
            wire.sendRaw("transfer coding", "POST /logout" + END + "Transfer-Encoding: " + coding + "\r\n\r\n");
        }
        String method = canaries.text("method that is a token", Kind.GITHUB_TOKEN);
        wire.sendRaw("method that is a token", method + " /api/v1/me" + END + "\r\n");
        String plus = canaries.text("method of a route", Kind.GITHUB_TOKEN);
        wire.sendRaw("method of a route", plus + " /health/live" + END + "\r\n");
    }

    /** Blanks would end it. */
    private static String text(Canaries canaries, String place, Kind kind) {
        return canaries.text(place + " that cannot be read", kind).replace(' ', '_');
    }
}
