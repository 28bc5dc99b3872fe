package dev.nuxari.server.api;

import dev.nuxari.server.api.NetworkAddress.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Blocks of addresses, in a form in which an address is looked up in a dozen comparisons, however many there are: the blocks
 * as sorted ranges that do not overlap.
 */
public final class Networks {
    /** None. */
    public static final Networks NONE = new Networks(Collections.emptySortedSet());

    private final SortedSet<Network> networks;
    private final Ranges ipv4;
    private final Ranges ipv6;

    private Networks(SortedSet<Network> networks) {
        this.networks = networks;
        this.ipv4 = Ranges.of(networks, Version.IPV4);
        this.ipv6 = Ranges.of(networks, Version.IPV6);
    }

    public static Networks of(Collection<Network> networks) {
        return new Networks(Collections.unmodifiableSortedSet(new TreeSet<>(networks)));
    }

    public boolean isEmpty() {
        return networks.isEmpty();
    }

    /** Whether the address lies in one of the blocks. An IPv4 address lies in no block of IPv6. */
    public boolean contain(NetworkAddress address) {
        return (address.version() == Version.IPV4 ? ipv4 : ipv6).contain(address.high(), address.low());
    }

    /** In their one spelling, sorted. */
    public Stream<String> names() {
        return networks.stream().map(Network::toString);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Networks others && networks.equals(others.networks);
    }

    @Override
    public int hashCode() {
        return networks.hashCode();
    }

    @Override
    public String toString() {
        return networks.toString();
    }

    /** Starts and ends of ranges; the halves of an address stand side by side. */
    private static final class Ranges {
        private final long[] starts;
        private final long[] ends;

        private Ranges(long[] starts, long[] ends) {
            this.starts = starts;
            this.ends = ends;
        }

        static Ranges of(SortedSet<Network> sorted, Version version) {
            List<Network> apart = new ArrayList<>();
            for (Network network : sorted) {
                boolean inTheLast = !apart.isEmpty() && apart.getLast().contains(network.first());
                if (network.first().version() == version && !inTheLast) {
                    apart.add(network);
                }
            }
            long[] starts = new long[2 * apart.size()];
            long[] ends = new long[2 * apart.size()];
            for (int i = 0; i < apart.size(); i++) {
                write(starts, i, apart.get(i).first());
                write(ends, i, apart.get(i).last());
            }
            return new Ranges(starts, ends);
        }

        private static void write(long[] halves, int index, NetworkAddress address) {
            halves[2 * index] = address.high();
            halves[2 * index + 1] = address.low();
        }

        /** The last range that does not start after the address is the only one that can hold it. */
        boolean contain(long high, long low) {
            int from = 0;
            int to = starts.length / 2;
            while (from < to) {
                int middle = (from + to) >>> 1;
                if (compare(starts, middle, high, low) <= 0) {
                    from = middle + 1;
                } else {
                    to = middle;
                }
            }
            return from > 0 && compare(ends, from - 1, high, low) >= 0;
        }

        private static int compare(long[] halves, int index, long high, long low) {
            int byHigh = Long.compareUnsigned(halves[2 * index], high);
            return byHigh == 0 ? Long.compareUnsigned(halves[2 * index + 1], low) : byHigh;
        }
    }
}
