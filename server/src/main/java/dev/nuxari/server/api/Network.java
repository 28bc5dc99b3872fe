package dev.nuxari.server.api;

import dev.nuxari.server.api.NetworkAddress.Version;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of addresses (CIDR, RFC 4632 and RFC 4291, section 2.3). It has one spelling: the first address of the block as RFC
 * 5952 writes it, and the length of what its addresses have in common.
 *
 * @param first the first address of the block
 * @param length how many leading bits all addresses of the block have in common
 */
public record Network(NetworkAddress first, int length) implements Comparable<Network> {
    private static final Pattern FORM = Pattern.compile("([^/]+)(?:/(0|[1-9]\\d{0,2}))?");
    private static final String MAPPED = "::ffff:";
    private static final int HALF = 64;
    private static final int IPV4_OFFSET = 96;

    public Network {
        if (length > first.version().bits()) {
            throw new IllegalArgumentException("has a prefix that is longer than an address");
        }
    }

    /**
     * Reads what a person wrote. An address alone is the block of this one address.
     *
     * @throws IllegalArgumentException if it is no block, or there are bits after the prefix: then it is not sure which block
     *     was meant
     */
    public static Network parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("is no block of addresses such as 192.0.2.0/24 or 2001:db8::/32");
        }
        String address = form.group(1);
        if (address.regionMatches(true, 0, MAPPED, 0, MAPPED.length())) {
            throw new IllegalArgumentException("is an IPv4 address in the clothes of IPv6: write it as IPv4");
        }
        NetworkAddress first = NetworkAddress.parse(address);
        if (first.version() == Version.IPV4 && address.indexOf(':') >= 0) {
            throw new IllegalArgumentException("is an IPv4 address in the clothes of IPv6: write it as IPv4");
        }
        Network network =
                new Network(first, form.group(2) == null ? first.version().bits() : Integer.parseInt(form.group(2)));
        NetworkAddress start = network.start();
        if (!start.equals(first)) {
            throw new IllegalArgumentException(
                    "has bits after its prefix: the block is " + new Network(start, network.length()));
        }
        return network;
    }

    /** The address with everything after the prefix 0. */
    private NetworkAddress start() {
        return new NetworkAddress(first.version(), first.high() & highMask(), first.low() & lowMask());
    }

    NetworkAddress last() {
        return new NetworkAddress(first.version(), first.high() | ~highMask(), first.low() | ~lowMask());
    }

    public boolean contains(NetworkAddress address) {
        return address.version() == first.version()
                && (address.high() & highMask()) == first.high()
                && (address.low() & lowMask()) == first.low();
    }

    private long highMask() {
        return mask(bits());
    }

    private long lowMask() {
        return mask(bits() - HALF);
    }

    /** An IPv4 address stands in the last 32 of 128 bits. */
    private int bits() {
        return first.version() == Version.IPV4 ? IPV4_OFFSET + length : length;
    }

    private static long mask(int ones) {
        if (ones <= 0) {
            return 0;
        }
        return ones >= HALF ? -1 : -1L << (HALF - ones);
    }

    @Override
    public int compareTo(Network other) {
        int byAddress = first.compareTo(other.first);
        return byAddress == 0 ? Integer.compare(length, other.length) : byAddress;
    }

    @Override
    public String toString() {
        return first + "/" + length;
    }
}
