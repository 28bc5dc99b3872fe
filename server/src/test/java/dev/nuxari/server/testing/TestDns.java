package dev.nuxari.server.testing;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * A name server on loopback, over UDP and TCP. It knows the names it was given, and answers them as it was told, however wrong;
 * other names do not exist.
 */
public final class TestDns implements AutoCloseable {
    private static final TestDns INSTANCE = new TestDns();
    private static final int LONGEST_QUERY = 4096;
    private static final int TTL = 60;

    private final DatagramSocket datagrams;
    private final ServerSocket connections;
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    /** How a question is answered. */
    @FunctionalInterface
    public interface Script {
        void answer(Message query, Asker asker) throws IOException;
    }

    /** Who waits for an answer. */
    public interface Asker {
        boolean isByTcp();

        void send(byte[] answer) throws IOException;

        default void send(Message answer) throws IOException {
            send(answer.toWire());
        }

        /** The same, from an address that was not asked. */
        void sendFromElsewhere(byte[] answer) throws IOException;
    }

    /** Begins to listen. */
    public TestDns() {
        try {
            InetAddress loopback = InetAddress.getLoopbackAddress();
            connections = new ServerSocket(0, 50, loopback);
            datagrams = new DatagramSocket(new InetSocketAddress(loopback, connections.getLocalPort()));
            Thread.ofPlatform().daemon().name("test-dns-udp").start(this::serveDatagrams);
            Thread.ofPlatform().daemon().name("test-dns-tcp").start(this::serveConnections);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one that the server under test asks. */
    public static TestDns instance() {
        return INSTANCE;
    }

    /** As the server's setting has it. */
    public String address() {
        return InetAddress.getLoopbackAddress().getHostAddress() + ":" + connections.getLocalPort();
    }

    /** From now on the name has these TXT records, each of one string. */
    public void txt(String name, String... values) {
        script(
                name,
                (query, asker) -> asker.send(answer(
                        query,
                        Stream.of(values)
                                .map(value -> txtRecord(question(query).getName(), value))
                                .toArray(Record[]::new))));
    }

    public void script(String name, Script script) {
        scripts.put(name, script);
    }

    /** From now on the name does not exist. */
    public void forget(String name) {
        scripts.remove(name);
    }

    /** What was asked: {@code TXT acme.example}, with {@code tcp} behind it when it came that way. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    public static Record question(Message query) {
        return query.getSection(Section.QUESTION).getFirst();
    }

    public static TXTRecord txtRecord(Name name, String... strings) {
        List<String> escaped =
                Stream.of(strings).map(one -> one.replace("\\", "\\\\")).toList();
        return new TXTRecord(name, DClass.IN, TTL, escaped);
    }

    public static CNAMERecord alias(String from, String to) {
        return new CNAMERecord(name(from), DClass.IN, TTL, name(to));
    }

    public static Name name(String text) {
        try {
            return Name.fromString(text, Name.root);
        } catch (TextParseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The question, these records and nothing wrong with them. */
    public static Message answer(Message query, Record... records) {
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.RA);
        answer.addRecord(question(query), Section.QUESTION);
        Arrays.stream(records).forEach(one -> answer.addRecord(one, Section.ANSWER));
        return answer;
    }

    /** The question and a failure. */
    public static Message failure(Message query, int code) {
        Message answer = answer(query);
        answer.getHeader().setRcode(code);
        return answer;
    }

    private void reply(byte[] bytes, Asker asker) throws IOException {
        Message query = new Message(bytes);
        String name = question(query).getName().toString(true);
        asked.add(Type.string(question(query).getType()) + " " + name + (asker.isByTcp() ? " tcp" : ""));
        scripts.getOrDefault(name, (unknown, who) -> who.send(failure(unknown, Rcode.NXDOMAIN)))
                .answer(query, asker);
    }

    private void serveDatagrams() {
        while (!datagrams.isClosed()) {
            try {
                var packet = new DatagramPacket(new byte[LONGEST_QUERY], LONGEST_QUERY);
                datagrams.receive(packet);
                reply(Arrays.copyOf(packet.getData(), packet.getLength()), new ByUdp(packet.getSocketAddress()));
            } catch (IOException _) {
                // Whoever asked has gone, or this is the end.
            }
        }
    }

    private void serveConnections() {
        while (!connections.isClosed()) {
            try (Socket socket = connections.accept()) {
                byte[] query = new byte[new DataInputStream(socket.getInputStream()).readUnsignedShort()];
                new DataInputStream(socket.getInputStream()).readFully(query);
                reply(query, new ByTcp(new DataOutputStream(socket.getOutputStream())));
            } catch (IOException _) {
                // Whoever asked has gone, or this is the end.
            }
        }
    }

    private final class ByUdp implements Asker {
        private final SocketAddress address;

        ByUdp(SocketAddress address) {
            this.address = address;
        }

        @Override
        public boolean isByTcp() {
            return false;
        }

        @Override
        public void send(byte[] answer) throws IOException {
            datagrams.send(new DatagramPacket(answer, answer.length, address));
        }

        @Override
        public void sendFromElsewhere(byte[] answer) throws IOException {
            try (var elsewhere = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
                elsewhere.send(new DatagramPacket(answer, answer.length, address));
            }
        }
    }

    private static final class ByTcp implements Asker {
        private final DataOutputStream stream;

        ByTcp(DataOutputStream stream) {
            this.stream = stream;
        }

        @Override
        public boolean isByTcp() {
            return true;
        }

        @Override
        public void send(byte[] answer) throws IOException {
            stream.writeShort(answer.length);
            stream.write(answer);
            stream.flush();
        }

        @Override
        public void sendFromElsewhere(byte[] answer) {
            throw new UnsupportedOperationException("a connection has two ends");
        }
    }

    @Override
    public void close() {
        try {
            datagrams.close();
            connections.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
