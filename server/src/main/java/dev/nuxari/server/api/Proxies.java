package dev.nuxari.server.api;

import java.util.ArrayList;
import java.util.List;

/**
 * The proxies in front of the server, whose word is taken about whom they speak for. Anybody else may write into the header
 * what they like: it is not read.
 *
 * @param trusted from where the proxies connect
 * @param header the one header that they write; another one passes through them as the client sent it
 */
record Proxies(Networks trusted, ForwardedHeader header) {
    /**
     * The address that a request came from: the nearest one that is no proxy's. What stands before it in the header, its
     * sender wrote.
     *
     * @param lines the header, once for each time that it stands there
     * @throws IllegalArgumentException if a proxy names nobody
     */
    NetworkAddress client(NetworkAddress peer, List<String> lines) {
        if (!trusted.contain(peer)) {
            return peer;
        }
        List<String> hops = new ArrayList<>();
        lines.forEach(line -> hops.addAll(header.hops(line)));
        NetworkAddress client = peer;
        for (String hop : hops.reversed()) {
            client = ForwardedHeader.address(hop);
            if (!trusted.contain(client)) {
                return client;
            }
        }
        return client;
    }
}
