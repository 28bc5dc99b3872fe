package dev.nuxari.bench;

import dev.nuxari.kernel.Json;
import dev.nuxari.server.api.Network;
import dev.nuxari.server.api.NetworkAddress;
import dev.nuxari.server.api.Networks;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/**
 * How long it takes to judge an address by an allowlist of a thousand networks, from its text to the answer; and beside it how
 * long a loop over the networks takes. Half of the addresses lie in one of them.
 */
final class HowFastIsAnAddressJudged implements Standalone {
    private static final int NETWORKS = 1000;
    private static final int ADDRESSES = 4096;
    private static final int ROUNDS = 7;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double SECONDS = 0.5;
    private static final double NANOS_PER_SECOND = 1e9;

    @Override
    public String name() {
        return "policy";
    }

    @Override
    public Json.Obj answer(Path home, Path folder) {
        Random random = new Random(NETWORKS);
        List<Network> networks = new ArrayList<>();
        for (int i = 0; i < NETWORKS / 2; i++) {
            networks.add(Network.parse("%d.%d.%d.0/24".formatted(11 + i % 97, i % 251, i % 13)));
            networks.add(Network.parse("2001:db8:%x::/48".formatted(i)));
        }
        List<String> addresses = random.ints(ADDRESSES, 0, NETWORKS)
                .mapToObj(i -> address(networks.get(i), i, random.nextBoolean()))
                .toList();
        Networks sorted = Networks.of(networks);
        Predicate<String> lookUp = text -> sorted.contain(NetworkAddress.parse(text));
        Predicate<String> loop = text -> {
            NetworkAddress address = NetworkAddress.parse(text);
            return networks.stream().anyMatch(network -> network.contains(address));
        };
        long inside = addresses.stream().filter(lookUp).count();
        if (inside != addresses.stream().filter(loop).count()) {
            throw new IllegalStateException("looking up and looping do not agree");
        }
        double lookedUp = best(addresses, lookUp);
        double looped = best(addresses, loop);
        return Json.object(
                "networks", NETWORKS,
                "addresses", ADDRESSES,
                "inside", inside,
                "microseconds", Load.rounded3(lookedUp),
                "microsecondsOfReadingTheAddress",
                        Load.rounded3(best(
                                addresses, text -> NetworkAddress.parse(text).low() == 0)),
                "microsecondsOfALoop", Load.rounded3(looped),
                "timesAsFast", Load.rounded(looped / lookedUp));
    }

    private static String address(Network network, int host, boolean inside) {
        String start = network.first().toString();
        if (start.endsWith("::")) {
            return inside ? start + Integer.toHexString(host + 1) : "2001:db9::" + Integer.toHexString(host + 1);
        }
        return inside ? start.replaceFirst("\\d+$", Integer.toString(host % 256)) : "10.0.0." + host % 256;
    }

    /** Microseconds of this thread's time for one, in the best round after two that are not counted. */
    private static double best(List<String> addresses, Predicate<String> judge) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        double best = Double.MAX_VALUE;
        long admitted = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long began = threads.getCurrentThreadCpuTime();
            long taken = 0;
            long judged = 0;
            while (taken < SECONDS * NANOS_PER_SECOND) {
                for (String address : addresses) {
                    admitted += judge.test(address) ? 1 : 0;
                }
                judged += addresses.size();
                taken = threads.getCurrentThreadCpuTime() - began;
            }
            best = round < 2 ? best : Math.min(best, taken / NANOS_PER_MICRO / judged);
        }
        if (admitted < 0) {
            throw new IllegalStateException("what nobody looks at need not be worked out");
        }
        return best;
    }
}
