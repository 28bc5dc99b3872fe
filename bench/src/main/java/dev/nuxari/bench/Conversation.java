package dev.nuxari.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 with one server over one connection, and no more of it than that takes: thousands of these fit into one process, where each
 * client of the JDK would have a thread.
 */
final class Conversation {
    private static final int CONNECTING = (int) Duration.ofSeconds(10).toMillis();
    private static final int BUFFER = 1024;

    private final InetSocketAddress server;
    private volatile @Nullable Socket socket;
    private @Nullable InputStream in;

    Conversation(URI server) {
        this.server = new InetSocketAddress(server.getHost(), server.getPort());
    }

    /** What came back; the names of headers are in small letters. */
    record Answer(int status, Map<String, String> headers, String body) {
        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }
    }

    /** Sends one request and reads its answer; a connection that the server has closed meanwhile is made anew. */
    Answer ask(String head, byte[] body, Duration patience) throws IOException {
        boolean used = socket != null;
        try {
            return exchange(head, body, patience);
        } catch (EOFException e) {
            if (!used || !head.startsWith("GET")) {
                throw e;
            }
            return exchange(head, body, patience);
        }
    }

    private Answer exchange(String head, byte[] body, Duration patience) throws IOException {
        try {
            Socket connected = connected();
            connected.setSoTimeout((int) patience.toMillis());
            byte[] first = head.getBytes(US_ASCII);
            byte[] all = new byte[first.length + body.length];
            System.arraycopy(first, 0, all, 0, first.length);
            System.arraycopy(body, 0, all, first.length, body.length);
            connected.getOutputStream().write(all);
            Answer answer = read();
            if (answer.header("connection").filter("close"::equals).isPresent()) {
                hangUp();
            }
            return answer;
        } catch (IOException | RuntimeException e) {
            hangUp();
            throw e;
        }
    }

    private Socket connected() throws IOException {
        Socket known = socket;
        if (known != null) {
            return known;
        }
        Socket made = new Socket();
        made.setTcpNoDelay(true);
        made.connect(server, CONNECTING);
        in = new BufferedInputStream(made.getInputStream(), BUFFER);
        socket = made;
        return made;
    }

    private Answer read() throws IOException {
        String[] status = line().split(" ", 3);
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Answer(Integer.parseInt(status[1]), headers, new String(body(headers), UTF_8));
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        if (!"chunked".equals(headers.get("transfer-encoding"))) {
            return bytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        }
        var body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            body.write(bytes(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private byte[] bytes(int count) throws IOException {
        byte[] bytes = source().readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("the answer ends early");
        }
        return bytes;
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int letter = source().read(); letter != '\n'; letter = source().read()) {
            if (letter < 0) {
                throw new EOFException("the server has hung up");
            }
            line.append((char) letter);
        }
        return line.toString().strip();
    }

    private InputStream source() throws IOException {
        if (in == null) {
            throw new EOFException("no connection");
        }
        return in;
    }

    /** As a cable that is cut: nothing more is said. */
    void cut() {
        Socket known = socket;
        if (known != null) {
            try {
                known.setSoLinger(true, 0);
                known.close();
            } catch (IOException _) {
                // It is closed.
            }
        }
    }

    private void hangUp() {
        Socket known = socket;
        socket = null;
        in = null;
        if (known != null) {
            try {
                known.close();
            } catch (IOException _) {
                // It is closed.
            }
        }
    }
}
