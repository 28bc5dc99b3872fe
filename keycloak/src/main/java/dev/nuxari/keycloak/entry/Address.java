package dev.nuxari.keycloak.entry;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address of the internet protocol as a number. An IPv4 address that is written as an IPv6 one is the IPv4 address.
 *
 * @param bits 32 or 128
 */
record Address(int bits, BigInteger number) {
    /** Decimal, without leading zeros, which some read as octal (RFC 6943, section 3.1.1). */
    private static final Pattern IPV4 = Pattern.compile("(?:0|[1-9]\\d{0,2})(?:\\.(?:0|[1-9]\\d{0,2})){3}");

    private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9A-Fa-f:]{2,39}");
    private static final Pattern MAPPED = Pattern.compile("(?i)::ffff:(" + IPV4.pattern() + ")");

    /**
     * Reads an address that everybody reads alike.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Address parse(String text) {
        boolean readable = IPV4.matcher(text).matches()
                || IPV6.matcher(text).matches()
                || MAPPED.matcher(text).matches();
        if (!readable) {
            throw new IllegalArgumentException("is no address");
        }
        // The platform makes an IPv4 address of one that is written as IPv6.
        byte[] bytes = InetAddress.ofLiteral(text).getAddress();
        return new Address(bytes.length * Byte.SIZE, new BigInteger(1, bytes));
    }

    /** The address of a connection, which may have the zone of a link (RFC 4007); empty if it is a name, or nothing. */
    static Optional<Address> ofPeer(String text) {
        int zone = text.indexOf('%');
        try {
            return Optional.of(parse(zone < 0 ? text : text.substring(0, zone)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
