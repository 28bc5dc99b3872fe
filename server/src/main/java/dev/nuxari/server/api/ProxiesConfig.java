package dev.nuxari.server.api;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The proxies in front of the server, if there are any.
 *
 * @param trusted from which addresses they connect, as blocks such as {@code 10.0.0.0/24}; nobody else is believed about
 *     where a request came from
 * @param header where they write it, each behind the others: {@code x-forwarded-for}, or {@code forwarded} (RFC 7239)
 */
@ConfigurationProperties(value = "nuxari.proxies", ignoreUnknownFields = false)
record ProxiesConfig(
        @DefaultValue List<String> trusted,
        @DefaultValue("x-forwarded-for") ForwardedHeader header) {
    ProxiesConfig {
        trusted = List.copyOf(trusted);
        networks(trusted);
    }

    Proxies proxies() {
        return new Proxies(networks(trusted), header);
    }

    private static Networks networks(List<String> blocks) {
        return Networks.of(blocks.stream().map(ProxiesConfig::network).toList());
    }

    private static Network network(String block) {
        try {
            return Network.parse(block);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("nuxari.proxies.trusted: '%s' %s".formatted(block, e.getMessage()), e);
        }
    }
}
