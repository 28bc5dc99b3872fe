package dev.nuxari.keycloak.entry;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of addresses (CIDR, RFC 4632), in the one spelling that the server gives it.
 *
 * @param length how many leading bits all addresses of the block have in common
 */
record Network(Address first, int length) {
    private static final Pattern FORM = Pattern.compile("([^/]+)/(0|[1-9]\\d{0,2})");
    private static final int IPV4_BITS = 32;

    Network {
        if (length > first.bits()) {
            throw new IllegalArgumentException("has a prefix that is longer than an address");
        }
        int rest = first.bits() - length;
        if (!first.number().shiftRight(rest).shiftLeft(rest).equals(first.number())) {
            throw new IllegalArgumentException("has bits after its prefix");
        }
    }

    /** @throws IllegalArgumentException if it is no block, or not surely this one */
    static Network parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("is no block of addresses");
        }
        Address first = Address.parse(form.group(1));
        if (first.bits() == IPV4_BITS && form.group(1).indexOf(':') >= 0) {
            throw new IllegalArgumentException("is an IPv4 address written as IPv6");
        }
        return new Network(first, Integer.parseInt(form.group(2)));
    }

    boolean contains(Address address) {
        int rest = first.bits() - length;
        return address.bits() == first.bits()
                && address.number().shiftRight(rest).equals(first.number().shiftRight(rest));
    }
}
