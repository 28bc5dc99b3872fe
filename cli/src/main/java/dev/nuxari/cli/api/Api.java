package dev.nuxari.cli.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Calls a server's API as somebody, within one organization. */
public final class Api {
    private static final int LARGEST_PROBLEM = 64 * 1024;
    private static final int PART = 64 * 1024;

    private final URI server;
    private final String organization;
    private final Credential credential;

    /** The credential is asked for before every call, so that it can renew a token that is about to expire. */
    public Api(URI server, String organization, Credential credential) {
        this.server = server;
        this.organization = organization;
        this.credential = credential;
    }

    public URI server() {
        return server;
    }

    public String organization() {
        return organization;
    }

    /** Reads a resource of the organization, such as {@code /requests?mine=true}. */
    public Json.Obj get(String path) {
        return object(call(request("GET", within(path))));
    }

    /** Creates a resource of the organization. */
    public Json.Obj post(String path, Json.Obj body) {
        HttpRequest.BodyPublisher content = HttpRequest.BodyPublishers.ofByteArray(body.canonicalBytes());
        return object(call(request("POST", within(path))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(content)));
    }

    /** Reads a file of the organization, byte for byte. */
    public byte[] download(String path) {
        return call(request("GET", within(path))).body();
    }

    /**
     * Reads a file of the organization that need not fit into memory.
     *
     * @throws IOException if it cannot be written where it goes
     */
    public void download(String path, OutputStream to) throws IOException {
        HttpResponse<InputStream> response =
                Http.open(request("GET", within(path)).build());
        try (InputStream in = response.body()) {
            accepted(response.statusCode(), response.statusCode() < 300 ? new byte[0] : in.readNBytes(LARGEST_PROBLEM));
            byte[] part = new byte[PART];
            for (int length = read(response.uri(), in, part); length >= 0; length = read(response.uri(), in, part)) {
                to.write(part, 0, length);
            }
        }
    }

    /** That the connection broke is another failure than that the disk is full. */
    private static int read(URI uri, InputStream in, byte[] part) {
        try {
            return in.read(part);
        } catch (IOException e) {
            throw Http.broken(uri, e);
        }
    }

    /** Who the token speaks for. */
    public Json.Obj me() {
        return object(call(request("GET", "/api/v1/me")));
    }

    /** The organization's key manifest, which an auditor keeps to verify evidence against. */
    public byte[] keys() {
        return call(request("GET", "/log/" + organization + "/keys")).body();
    }

    /** Every item of a list, page after page, up to a number. */
    public List<Json.Obj> list(String path, int most) {
        List<Json.Obj> items = new ArrayList<>();
        String first = path + (path.contains("?") ? "&" : "?") + "limit=" + Math.min(most, 200);
        String next = first;
        while (items.size() < most) {
            Json.Obj page = get(next);
            items.addAll(Fields.objects(page, "items"));
            String cursor = Fields.text(page, "nextCursor");
            if (cursor.isEmpty()) {
                break;
            }
            next = first + "&cursor=" + encode(cursor);
        }
        return items.size() > most ? List.copyOf(items.subList(0, most)) : items;
    }

    /** A value as it may stand in a path or a query. */
    public static String encode(String value) {
        return URLEncoder.encode(value, UTF_8).replace("+", "%20");
    }

    private String within(String path) {
        return "/api/v1/organizations/" + organization + path;
    }

    private HttpRequest.Builder request(String method, String path) {
        URI address = server.resolve(path);
        HttpRequest.Builder request = Http.request(address);
        credential.show(request, method, address);
        return request;
    }

    private static HttpResponse<byte[]> call(HttpRequest.Builder request) {
        HttpResponse<byte[]> response = Http.send(request.build());
        accepted(response.statusCode(), response.body());
        return response;
    }

    private static void accepted(int status, byte[] body) {
        if (status >= 500) {
            throw new Unreachable("The server failed (" + status + "): "
                    + Refused.of(status, new String(body, UTF_8)).inOneLine());
        }
        if (status >= 300) {
            throw Refused.of(status, new String(body, UTF_8));
        }
    }

    private static Json.Obj object(HttpResponse<byte[]> response) {
        if (response.body().length == 0) {
            return Json.object();
        }
        try {
            return Json.parseObject(new String(response.body(), UTF_8));
        } catch (JsonException e) {
            throw new Unreachable("What answers at " + response.uri() + " is not Nuxari.", e);
        }
    }
}
