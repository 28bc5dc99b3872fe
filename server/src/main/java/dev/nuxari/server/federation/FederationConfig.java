package dev.nuxari.server.federation;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param issuer the broker's address as identity providers and browsers see it; as {@code nuxari.oidc.issuer}
 * @param trustedHosts names of hosts that may have private addresses and be reached without TLS: for development, and for a
 *     provider in the installation's own network
 * @param timeout how long one document may take altogether
 */
@ConfigurationProperties(value = "nuxari.federation", ignoreUnknownFields = false)
record FederationConfig(
        URI issuer,
        @DefaultValue List<String> trustedHosts,
        @DefaultValue("5s") Duration timeout) {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    FederationConfig {
        trustedHosts =
                trustedHosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
        if (!timeout.isPositive() || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("nuxari.federation.timeout must be positive and at most " + LONGEST);
        }
    }
}
