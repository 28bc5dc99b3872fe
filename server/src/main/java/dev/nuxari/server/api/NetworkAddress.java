package dev.nuxari.server.api;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;

/**
 * An address of the internet protocol, as one number, so that it is compared as a number and never as text. An IPv4 address
 * that is written as an IPv6 one ({@code ::ffff:192.0.2.7}, RFC 4291, section 2.5.5.2) is the IPv4 address.
 *
 * @param high the first eight bytes; 0 for IPv4
 * @param low the last eight bytes
 */
public record NetworkAddress(Version version, long high, long low) implements Comparable<NetworkAddress> {
    /** Decimal, without leading zeros, which some read as octal (RFC 6943, section 3.1.1). */
    private static final Pattern IPV4 = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");

    /** Without zone, brackets or blanks; what it means, the platform says. */
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]{2,39}");

    private static final String MAPPED = "::ffff:";
    private static final int MAPPED_MARK = 0xffff;
    private static final int IPV4_BITS = 32;
    private static final int GROUPS = 8;
    private static final int GROUP_MASK = 0xffff;

    /** Which of the two protocols. */
    public enum Version {
        IPV4(32),
        IPV6(128);

        private final int bits;

        Version(int bits) {
            this.bits = bits;
        }

        int bits() {
            return bits;
        }
    }

    /**
     * Reads an address that everybody reads alike.
     *
     * @throws IllegalArgumentException if it is none: a name, a number without dots, an octal part, a zone
     */
    public static NetworkAddress parse(String text) {
        if (IPV4.matcher(text).matches()) {
            return ipv4(text);
        }
        if (text.regionMatches(true, 0, MAPPED, 0, MAPPED.length()) && text.indexOf('.') > 0) {
            String inside = text.substring(MAPPED.length());
            if (IPV4.matcher(inside).matches()) {
                return ipv4(inside);
            }
        }
        if (!IPV6.matcher(text).matches() || text.indexOf(':') < 0) {
            throw none();
        }
        try {
            return of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException _) {
            throw none();
        }
    }

    /** The address of a peer, as the operating system names it: that may be with the zone of a link (RFC 4007). */
    public static NetworkAddress ofPeer(String text) {
        int zone = text.indexOf('%');
        return parse(zone < 0 ? text : text.substring(0, zone));
    }

    private static NetworkAddress ipv4(String text) {
        try {
            return of(Inet4Address.ofLiteral(text));
        } catch (IllegalArgumentException _) {
            throw none();
        }
    }

    private static IllegalArgumentException none() {
        return new IllegalArgumentException("is no address such as 192.0.2.7 or 2001:db8::7");
    }

    private static NetworkAddress of(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        if (address instanceof Inet6Address) {
            long high = bytes.getLong();
            long low = bytes.getLong();
            return high == 0 && low >>> IPV4_BITS == MAPPED_MARK
                    ? new NetworkAddress(Version.IPV4, 0, low & 0xffff_ffffL)
                    : new NetworkAddress(Version.IPV6, high, low);
        }
        return new NetworkAddress(Version.IPV4, 0, bytes.getInt() & 0xffff_ffffL);
    }

    @Override
    public int compareTo(NetworkAddress other) {
        int byVersion = version.compareTo(other.version);
        if (byVersion != 0) {
            return byVersion;
        }
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh == 0 ? Long.compareUnsigned(low, other.low) : byHigh;
    }

    /** As RFC 5952 recommends. */
    @Override
    public String toString() {
        return version == Version.IPV4
                ? "%d.%d.%d.%d".formatted(low >>> 24, low >>> 16 & 0xff, low >>> 8 & 0xff, low & 0xff)
                : ipv6();
    }

    private String ipv6() {
        int from = 0;
        int length = 1;
        for (int group = 0; group < GROUPS; group++) {
            int zeros = zerosFrom(group);
            if (zeros > length) {
                from = group;
                length = zeros;
            }
        }
        if (length == 1) {
            return groups(0, GROUPS);
        }
        return groups(0, from) + "::" + groups(from + length, GROUPS);
    }

    private int zerosFrom(int group) {
        int end = group;
        while (end < GROUPS && group(end) == 0) {
            end++;
        }
        return end - group;
    }

    private String groups(int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int group = from; group < to; group++) {
            text.append(group == from ? "" : ":").append(Integer.toHexString(group(group)));
        }
        return text.toString();
    }

    private int group(int index) {
        long half = index < GROUPS / 2 ? high : low;
        return (int) (half >>> (48 - index % (GROUPS / 2) * 16)) & GROUP_MASK;
    }
}
