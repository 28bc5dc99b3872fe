package dev.nuxari.server.domains;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param dnsServers the name servers that are asked for TXT records, by address, each with a port if it is not 53
 *     ({@code 9.9.9.9}, {@code [2620:fe::fe]:53}); without any, those of the system
 * @param timeout how long one look may take altogether
 */
@ConfigurationProperties(value = "nuxari.domains", ignoreUnknownFields = false)
record DomainsConfig(
        @DefaultValue List<String> dnsServers,
        @DefaultValue("5s") Duration timeout) {
    private static final int MOST_SERVERS = 3;
    private static final int PORT = 53;
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private static final Pattern SERVER = Pattern.compile(
            "(?<v4>\\d{1,3}(\\.\\d{1,3}){3})(:(?<v4port>\\d{1,5}))?|\\[(?<v6>[0-9a-fA-F:.]+)](:(?<v6port>\\d{1,5}))?");

    DomainsConfig {
        dnsServers = List.copyOf(dnsServers);
        if (dnsServers.size() > MOST_SERVERS) {
            throw new IllegalArgumentException("nuxari.domains.dns-servers names more than " + MOST_SERVERS);
        }
        dnsServers.forEach(DomainsConfig::parse);
        if (!timeout.isPositive() || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("nuxari.domains.timeout must be positive and at most " + LONGEST);
        }
    }

    List<InetSocketAddress> servers() {
        return dnsServers.stream().map(DomainsConfig::parse).toList();
    }

    /** An address and no name: a name would have to be looked up, and by whom? */
    private static InetSocketAddress parse(String text) {
        Matcher server = SERVER.matcher(text);
        if (!server.matches()) {
            throw new IllegalArgumentException("nuxari.domains.dns-servers has no address of a server in: " + text);
        }
        boolean v4 = server.group("v4") != null;
        String port = server.group(v4 ? "v4port" : "v6port");
        return new InetSocketAddress(
                InetAddress.ofLiteral(server.group(v4 ? "v4" : "v6")), port == null ? PORT : Integer.parseInt(port));
    }
}
