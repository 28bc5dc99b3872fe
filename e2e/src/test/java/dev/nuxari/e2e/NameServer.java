package dev.nuxari.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A name server on loopback (RFC 1035, section 4.1): it answers questions for the TXT records that it was given, over UDP. Other
 * names do not exist. The server under test asks it, and nobody else.
 */
final class NameServer {
    private static final NameServer INSTANCE = new NameServer();
    private static final int LONGEST = 512;
    private static final int HEADER = 12;
    private static final int QUESTION_END = 5;
    private static final short ANSWER = (short) 0x8180;
    private static final short NO_SUCH_NAME = (short) 0x8183;
    private static final short TO_THE_QUESTION = (short) 0xC00C;
    private static final short TXT = 16;
    private static final short INTERNET = 1;

    private final DatagramSocket socket;
    private final Map<String, String> records = new ConcurrentHashMap<>();

    private NameServer() {
        try {
            socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("name-server").start(this::serve);
    }

    static NameServer instance() {
        return INSTANCE;
    }

    /** As the server's setting has it. */
    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    void publish(String name, String value) {
        records.put(name, value);
    }

    private void serve() {
        byte[] bytes = new byte[LONGEST];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
            try {
                socket.receive(packet);
                byte[] answer = answer(ByteBuffer.wrap(bytes, 0, packet.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException _) {
                // Whoever asked has gone.
            }
        }
    }

    private byte[] answer(ByteBuffer query) {
        short id = query.getShort(0);
        String name = name(query);
        Optional<String> value = Optional.ofNullable(records.get(name));
        byte[] question = new byte[query.position() - HEADER + QUESTION_END - 1];
        query.get(HEADER, question);
        ByteBuffer answer = ByteBuffer.allocate(LONGEST);
        answer.putShort(id).putShort(value.isPresent() ? ANSWER : NO_SUCH_NAME);
        answer.putShort((short) 1).putShort((short) (value.isPresent() ? 1 : 0)).putInt(0);
        answer.put(question);
        value.ifPresent(text -> record(answer, text.getBytes(US_ASCII)));
        byte[] sent = new byte[answer.position()];
        answer.get(0, sent);
        return sent;
    }

    /** The name in question; after it the buffer stands behind it. */
    private static String name(ByteBuffer query) {
        StringBuilder name = new StringBuilder();
        query.position(HEADER);
        for (int length = query.get(); length > 0; length = query.get()) {
            byte[] label = new byte[length];
            query.get(label);
            name.append(name.isEmpty() ? "" : ".").append(new String(label, US_ASCII));
        }
        return name.toString();
    }

    private static void record(ByteBuffer answer, byte[] text) {
        answer.putShort(TO_THE_QUESTION).putShort(TXT).putShort(INTERNET).putInt(0);
        answer.putShort((short) (text.length + 1)).put((byte) text.length).put(text);
    }
}
