package dev.nuxari.agent.action;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/**
 * A connection to a PostgreSQL of this host by its Unix socket, as much of the protocol as one statement and one proof of a password
 * need. What is said takes {@link #LONGEST} at most; then it is cut off.
 */
final class PostgresSocket implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final int VERSION = 3 << 16;
    private static final int LARGEST = 64 * 1024;
    private static final int OK = 0;
    private static final int SASL = 10;
    private static final int SASL_CONTINUE = 11;
    private static final int SASL_FINAL = 12;

    private final SocketChannel channel;
    private final Thread end;
    private final DataInputStream in;
    private final DataOutputStream out;

    private PostgresSocket(SocketChannel channel) {
        this.channel = channel;
        this.end = Thread.ofPlatform().daemon().name("postgres-end").start(() -> endLater(channel));
        this.in = new DataInputStream(Channels.newInputStream(channel));
        this.out = new DataOutputStream(Channels.newOutputStream(channel));
    }

    /** Begins to be this role there. */
    static PostgresSocket open(Path socket, String role) throws IOException {
        PostgresSocket opened = new PostgresSocket(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
        try {
            byte[] text = ("user\0" + role + "\0database\0postgres\0\0").getBytes(UTF_8);
            opened.out.writeInt(Integer.BYTES + Integer.BYTES + text.length);
            opened.out.writeInt(VERSION);
            opened.out.write(text);
            return opened;
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private static void endLater(SocketChannel channel) {
        try {
            Thread.sleep(LONGEST);
            channel.close();
        } catch (InterruptedException | IOException e) {
            // it has ended by itself
        }
    }

    private record Message(char type, ByteBuffer content) {
        int code() throws IOException {
            if (type != 'R' || content.remaining() < Integer.BYTES) {
                throw new IOException("the database does not answer who we are");
            }
            return content.getInt(0);
        }

        String text() {
            return UTF_8.decode(content.slice(Integer.BYTES, content.limit() - Integer.BYTES))
                    .toString();
        }
    }

    private Message read() throws IOException {
        int type = in.readUnsignedByte();
        int length = in.readInt() - Integer.BYTES;
        if (length < 0 || length > LARGEST) {
            throw new IOException("the database says too much");
        }
        byte[] content = in.readNBytes(length);
        if (content.length < length) {
            throw new EOFException();
        }
        return new Message((char) type, ByteBuffer.wrap(content));
    }

    private void send(char type, byte[] content) throws IOException {
        var message = new ByteArrayOutputStream();
        var data = new DataOutputStream(message);
        data.writeByte(type);
        data.writeInt(Integer.BYTES + content.length);
        data.write(content);
        out.write(message.toByteArray());
    }

    /** Lets the database know us by our process (peer); with a password it does not get one. */
    void enter() throws IOException {
        if (read().code() != OK) {
            throw new IOException("the database wants a password");
        }
        awaitReady();
    }

    /** Has the database do this. */
    void run(String statement) throws IOException {
        send('Q', (statement + "\0").getBytes(UTF_8));
        awaitReady();
    }

    private void awaitReady() throws IOException {
        boolean refused = false;
        for (Message message = read(); message.type() != 'Z'; message = read()) {
            refused |= message.type() == 'E';
        }
        if (refused) {
            // Its text may repeat the statement, and is nobody's business.
            throw new IOException("the database refused it");
        }
    }

    /**
     * Whether the database takes this password. One that lets us in without asking, or wants to see the password itself, has not
     * shown that.
     */
    boolean takes(String password) throws IOException {
        Message asked = read();
        if (asked.type() == 'E'
                || asked.code() != SASL
                || !List.of(asked.text().split("\0", -1)).contains(Scram.MECHANISM)) {
            return false;
        }
        var scram = new Scram(password, new SecureRandom());
        byte[] first = scram.first().getBytes(UTF_8);
        var begin = new ByteArrayOutputStream();
        var data = new DataOutputStream(begin);
        data.write((Scram.MECHANISM + "\0").getBytes(UTF_8));
        data.writeInt(first.length);
        data.write(first);
        send('p', begin.toByteArray());
        Message challenge = read();
        if (challenge.type() == 'E' || challenge.code() != SASL_CONTINUE) {
            return false;
        }
        send('p', scram.last(challenge.text()).getBytes(UTF_8));
        Message ending = read();
        return ending.type() != 'E' && ending.code() == SASL_FINAL && scram.isAnsweredBy(ending.text());
    }

    @Override
    public void close() throws IOException {
        end.interrupt();
        channel.close();
    }
}
