package dev.nuxari.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports on the loopback address. */
public final class Ports {
    // Below the range from which the kernel takes the ports of outgoing connections, so that none of those gets in
    // between.
    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 32_000;

    private Ports() {}

    /** A port nobody listens on at this moment. */
    public static int free() {
        for (int attempt = 0; attempt < 200; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (isFree(port)) {
                return port;
            }
        }
        throw new PlatformFailure("No free TCP port between " + LOWEST + " and " + HIGHEST);
    }

    /** Whether a listener could be opened on the port. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /** Refuses a port that is taken, in words. */
    public static void requireFree(int port, String whatFor) {
        if (!isFree(port)) {
            throw taken(port, whatFor);
        }
    }

    static PlatformFailure taken(int port, String whatFor) {
        return new PlatformFailure(
                "Port " + port + " is in use, " + whatFor + " needs it; choose another, or stop what uses it");
    }
}
